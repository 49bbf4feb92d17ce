/**
 * Measures the costly parts one by one, and a committee's round as a whole, in one process.
 * Brokers, disks and databases are not measured here, and nothing here is asserted about time.
 */
@NullMarked
package org.constellation.benchmarks;

import org.jspecify.annotations.NullMarked;
