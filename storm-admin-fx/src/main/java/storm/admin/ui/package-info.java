/// What every page is made of: texts, background work, pages of rows, tables, sheets and notices. Knows no feature.
@NullMarked
package storm.admin.ui;

import org.jspecify.annotations.NullMarked;
