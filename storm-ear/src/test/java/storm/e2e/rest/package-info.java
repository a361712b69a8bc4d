/// The REST contract, row by row, on the running server. Each test names the row that it shows by [Row].
@NullMarked
package storm.e2e.rest;

import org.jspecify.annotations.NullMarked;
