package org.yarndl.spark;

import java.util.ArrayList;
import java.util.List;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;
import org.yarndl.bridge.Session;

/** Steps as operations (docs/bridge.md): numbers 96 to 111. */
final class EngineOperations {
  static final int OPEN = 96;
  static final int RUN = 97;
  static final int WORKERS = 98;

  private static final int MOST_ORDERS = 1 << 16;

  private EngineOperations() {}

  static void add(Engine engine, Session session) {
    session
        .add(OPEN, (in, out) -> {
          byte[][] frames = new byte[in.count(MOST_ORDERS)][];
          for (int i = 0; i < frames.length; i++) {
            frames[i] = in.blob();
          }
          engine.open(frames);
        })
        .add(RUN, (in, out) -> run(engine, in, out))
        .add(WORKERS, (in, out) -> out.i32(engine.workers()));
  }

  private static void run(Engine engine, ByteReader in, ByteWriter out) throws OperationException {
    long version = in.i64();
    byte[] weights = in.u8() == 0 ? null : in.blob();
    List<byte[]> orders = new ArrayList<>();
    int count = in.count(MOST_ORDERS);
    for (int i = 0; i < count; i++) {
      orders.add(in.blob());
    }
    try {
      List<byte[]> replies = engine.run(version, weights, orders);
      out.i32(replies.size());
      for (byte[] reply : replies) {
        out.blob(reply);
      }
    } catch (Exception e) {
      // a SparkException after all attempts of a task; Scala throws it unchecked
      String text = String.valueOf(e.getMessage());
      throw new OperationException(Operations.FAULT_TRAINING, Failures.isMemory(text) ? Failures.RESOURCES : Failures.GAVE_UP,
          Failures.explain(text, engine.overhead()), e);
    }
  }
}
