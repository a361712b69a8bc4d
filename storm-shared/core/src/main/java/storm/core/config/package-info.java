/// Configuration: read once at start into checked records, with one clear line for whatever is wrong.
///
/// `Settings` reads; each feature has a record of its own with a `from(Settings)`.
@NullMarked
package storm.core.config;

import org.jspecify.annotations.NullMarked;
