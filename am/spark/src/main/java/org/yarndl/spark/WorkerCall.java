package org.yarndl.spark;

import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.Frame;

/** How a task asks the worker of its executor: what the engine opened last is open there. Travels with the tasks. */
final class WorkerCall implements Serializable {
  private static final long serialVersionUID = 1;

  final WorkerSettings settings;
  private final String session;
  private final Broadcast<byte[][]> opening;
  private final WorkTotals totals;

  WorkerCall(WorkerSettings settings, String session, Broadcast<byte[][]> opening, WorkTotals totals) {
    this.settings = settings;
    this.session = session;
    this.opening = opening;
    this.totals = totals;
  }

  /** Sends a frame without tail and returns the whole reply frame. */
  byte[] ask(int operation, ByteWriter head) throws IOException {
    byte[] frame = new Frame(operation, head.toArray(), new byte[0]).bytes();
    return totals.of(() -> ExecutorWorker.run(settings, session, opening::value, -1, () -> null, frame));
  }

  /** The operation of a reply frame. */
  static int operation(byte[] reply) {
    return (reply[6] & 0xFF) | (reply[7] & 0xFF) << 8;
  }

  /** The fields of a reply frame's head. */
  static ByteReader fields(byte[] reply) {
    ByteReader header = new ByteReader(reply, 8, 4);
    return new ByteReader(reply, 20, header.count(reply.length - 20));
  }
}
