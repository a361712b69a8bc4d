/// Who can read what: nobody without the keys, and nobody who is no member.
@NullMarked
package storm.e2e.secrecy;

import org.jspecify.annotations.NullMarked;
