/// End-to-end tests: Storm's servers as shipped, each a process of its own, and people who talk through storm-client.
@NullMarked
package storm.e2e;

import org.jspecify.annotations.NullMarked;
