package org.yarndl.spark;

import java.io.Closeable;
import java.util.List;

/**
 * Brings orders to workers on executors and their replies back; knows nothing of what is in them. One job per step is one way ({@link JobsEngine}); long leases on executors
 * would be another, behind the same calls.
 */
interface Engine extends Closeable {
  /** How many orders can run at once now. */
  int workers();

  /** What every worker must have open from now on; earlier openings are dropped. */
  void open(byte[][] frames);

  /**
   * Carries out the orders and returns their reply frames, in the same order.
   *
   * @param version of the weights; -1 = none needed
   * @param weights the frame that brings them; null = those of this version given before
   */
  List<byte[]> run(long version, byte[] weights, List<byte[]> orders);

  /** How tasks that read or write rows ask the worker of their executor; what was opened last is open there. */
  WorkerCall call();

  /** What Spark's pages show of the jobs from now on. */
  void describe(String text);

  /** Memory of an executor beside its heap, as the user gave it; for messages. */
  String overhead();

  @Override
  void close();
}
