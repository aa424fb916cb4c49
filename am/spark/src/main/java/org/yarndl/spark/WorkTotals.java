package org.yarndl.spark;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** What Spark's stage pages show of the workers: orders, time, bytes of their answers. Repeated tasks count twice: it is a display, nothing is made of it. */
final class WorkTotals implements Serializable {
  private static final long serialVersionUID = 1;

  /** One order to a worker. */
  interface Work {
    byte[] run() throws IOException;
  }

  private final LongAccumulator orders;
  private final LongAccumulator milliseconds;
  private final LongAccumulator bytes;

  WorkTotals(SparkContext spark) {
    orders = spark.longAccumulator("yarndl orders");
    milliseconds = spark.longAccumulator("yarndl worker milliseconds");
    bytes = spark.longAccumulator("yarndl answered bytes");
  }

  byte[] of(Work work) throws IOException {
    long start = System.nanoTime();
    byte[] answer = work.run();
    orders.add(1);
    milliseconds.add((System.nanoTime() - start) / 1_000_000);
    bytes.add(answer.length);
    return answer;
  }

  /** Orders that were answered so far, as the driver knows. */
  long orders() {
    return orders.value();
  }
}
