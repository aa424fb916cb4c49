package org.yarndl.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.Operations;
import scala.Tuple2;

/** What tasks do with a partition: its rows, batch by batch, through the worker of the executor. A failure that the worker tells is a result, not repeated. */
final class PartTasks {
  static final int SCORE = 16;
  static final int FIT = 20;
  static final int ENCODE = 21;
  static final int CUT = 23;
  static final int TRAINED = 0;
  static final int HELD_OUT = 1;
  static final int PREDICTIONS = 2;
  private static final int FRAME_BYTES = 1 << 20;
  private static final int SHARED_FOLDER = 3;

  private PartTasks() {}

  /** Stage 1: the reply frame to the partition's last batch; none for a partition without rows. */
  static Iterator<byte[]> fit(WorkerCall worker, byte[] schema, Iterator<byte[]> batches) throws IOException {
    byte[] reply = null;
    for (boolean first = true; batches.hasNext(); first = false) {
      byte[] batch = batches.next();
      ByteWriter head = new ByteWriter(batch.length + 64).i64(TaskContext.get().taskAttemptId()).u8(first ? 1 : 0).u8(batches.hasNext() ? 0 : 1);
      reply = worker.ask(FIT, head.blob(schema).blob(batch));
      if (WorkerCall.operation(reply) == Operations.FAILED) {
        break;
      }
    }
    return reply == null ? Collections.emptyIterator() : Collections.singleton(reply).iterator();
  }

  /** Stage 2: encoded rows go into a staged file. The result is [path, rows and bytes of both sides, counts], or a failure frame. */
  static Iterator<byte[]> encode(WorkerCall worker, String folder, boolean heldOutSource, byte[] schema, Iterator<byte[]> batches) throws IOException {
    if (!batches.hasNext()) {
      return Collections.emptyIterator();
    }
    long[] sums = new long[4];
    List<byte[]> counts = new ArrayList<>();
    String path;
    try (StagedFile file = new StagedFile(worker.settings.configuration(), folder, "part-" + TaskContext.get().taskAttemptId())) {
      path = file.path;
      while (batches.hasNext()) {
        byte[] batch = batches.next();
        byte[] reply = worker.ask(ENCODE, new ByteWriter(batch.length + 64).u8(heldOutSource ? 1 : 0).blob(schema).blob(batch));
        if (WorkerCall.operation(reply) == Operations.FAILED) {
          return result(0, reply);
        }
        ByteReader fields = WorkerCall.fields(reply);
        counts.add(fields.blob());
        for (int side = TRAINED; side <= HELD_OUT; side++) {
          byte[] records = fields.blob();
          for (int at = 0; at < records.length;) {
            int row = RecordOrder.length(records, at + RecordOrder.ID);
            int length = RecordOrder.HEAD + row + RecordOrder.length(records, at + RecordOrder.ID + 4);
            file.add(side, records, at, length);
            sums[2 * side]++;
            sums[2 * side + 1] += row;
            at += length;
          }
        }
      }
    }
    ByteWriter out = new ByteWriter().text(path);
    for (long sum : sums) {
      out.i64(sum);
    }
    return result(1, told(out, counts));
  }

  /** Scoring: predictions go into a staged file. The result is [path, counts], or a failure frame. */
  static Iterator<byte[]> score(WorkerCall worker, String folder, byte[] schema, Iterator<byte[]> batches) throws IOException {
    if (!batches.hasNext()) {
      return Collections.emptyIterator();
    }
    List<byte[]> counts = new ArrayList<>();
    String path;
    try (StagedFile file = new StagedFile(worker.settings.configuration(), folder, "part-" + TaskContext.get().taskAttemptId())) {
      path = file.path;
      while (batches.hasNext()) {
        byte[] batch = batches.next();
        byte[] reply = worker.ask(SCORE, new ByteWriter(batch.length + 64).blob(schema).blob(batch));
        if (WorkerCall.operation(reply) == Operations.FAILED) {
          return result(0, reply);
        }
        ByteReader fields = WorkerCall.fields(reply);
        counts.add(fields.blob());
        if (fields.u8() == 1) {
          fields.blob();
          byte[] predictions = fields.blob();
          file.add(PREDICTIONS, predictions, 0, predictions.length);
        }
      }
    }
    return result(1, told(new ByteWriter().text(path), counts));
  }

  /** Rows, bytes, and the first two records of one id. */
  static Iterator<byte[]> count(Iterator<Tuple2<byte[], Boolean>> sorted) {
    long rows = 0;
    long bytes = 0;
    byte[] last = null;
    byte[] one = new byte[0];
    byte[] other = new byte[0];
    while (sorted.hasNext()) {
      byte[] record = sorted.next()._1();
      if (last != null && one.length == 0 && RecordOrder.sameId(last, record)) {
        one = last;
        other = record;
      }
      last = record;
      rows++;
      bytes += RecordOrder.length(record, RecordOrder.ID);
    }
    return Collections.singleton(new ByteWriter().i64(rows).i64(bytes).blob(origin(one)).blob(origin(other)).toArray()).iterator();
  }

  /** Ids and ordinals (u32) of sorted records, 20 bytes each. */
  static Iterator<byte[]> ids(Iterator<Tuple2<byte[], Boolean>> sorted) {
    ByteWriter out = new ByteWriter(1 << 16);
    new Numbered(sorted, 0).forEachRemaining(row -> out.raw(row.record, 0, RecordOrder.ID).i32(row.ordinal));
    return Collections.singleton(out.toArray()).iterator();
  }

  /** Sorted records with canonical numbers, by the shard that they belong to; values are numbered rows as the worker takes them. */
  static Iterator<Tuple2<byte[], byte[]>> deal(ShardOrder shards, long first, Iterator<Tuple2<byte[], Boolean>> sorted) {
    Numbered rows = new Numbered(sorted, first);
    return new Iterator<Tuple2<byte[], byte[]>>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<byte[], byte[]> next() {
        NumberedRecord row = rows.next();
        int length = RecordOrder.length(row.record, RecordOrder.ID);
        byte[] value = new ByteWriter(RecordOrder.HEAD + length).raw(row.record, 0, RecordOrder.ID).i32(row.ordinal).i32(length)
            .raw(row.record, RecordOrder.HEAD, length).array();
        return new Tuple2<>(shards.key(row.number), value);
      }
    };
  }

  /** Stage 4 for one shard: [folder of this try, reply frame to the last rows]. */
  static Iterator<byte[]> cut(WorkerCall worker, byte[] cut, int shard, Iterator<Tuple2<byte[], byte[]>> rows) throws IOException {
    String name = "try-" + TaskContext.get().taskAttemptId();
    ByteWriter frame = new ByteWriter(FRAME_BYTES);
    byte[] reply;
    boolean first = true;
    do {
      frame.clear();
      while (rows.hasNext() && frame.length() < FRAME_BYTES) {
        byte[] row = rows.next()._2();
        frame.raw(row, 0, RecordOrder.HEAD + RecordOrder.length(row, RecordOrder.ID + 4));
      }
      ByteWriter head = new ByteWriter(frame.length() + cut.length + 64).blob(cut).i32(SHARED_FOLDER).text(name).i32(shard).u8(first ? 1 : 0).u8(rows.hasNext() ? 0 : 1);
      reply = worker.ask(CUT, head.i32(frame.length()).raw(frame.array(), 0, frame.length()));
      first = false;
    } while (rows.hasNext() && WorkerCall.operation(reply) != Operations.FAILED);
    return Collections.singleton(new ByteWriter().text(name).blob(reply).toArray()).iterator();
  }

  private static byte[] origin(byte[] record) {
    int from = record.length == 0 ? 0 : RecordOrder.HEAD + RecordOrder.length(record, RecordOrder.ID);
    return java.util.Arrays.copyOfRange(record, from, record.length);
  }

  private static byte[] told(ByteWriter out, List<byte[]> counts) {
    out.i32(counts.size());
    for (byte[] c : counts) {
      out.blob(c);
    }
    return out.toArray();
  }

  private static Iterator<byte[]> result(int done, byte[] value) {
    return Collections.singleton(new ByteWriter(value.length + 1).u8(done).raw(value, 0, value.length).toArray()).iterator();
  }

  private static final class NumberedRecord {
    byte[] record;
    long number;
    int ordinal;
  }

  private static final class Numbered implements Iterator<NumberedRecord> {
    private final Iterator<Tuple2<byte[], Boolean>> sorted;
    private final NumberedRecord row = new NumberedRecord();
    private long next;

    Numbered(Iterator<Tuple2<byte[], Boolean>> sorted, long first) {
      this.sorted = sorted;
      next = first;
    }

    @Override
    public boolean hasNext() {
      return sorted.hasNext();
    }

    /** The same object each time. */
    @Override
    public NumberedRecord next() {
      byte[] record = sorted.next()._1();
      row.ordinal = row.record != null && RecordOrder.sameId(row.record, record) ? row.ordinal + 1 : 0;
      row.record = record;
      row.number = next++;
      return row;
    }
  }

  /** The fields of a schema as bytes. */
  static byte[] bytes(List<ColumnField> schema) {
    ByteWriter w = new ByteWriter();
    ColumnField.write(schema, w);
    return w.toArray();
  }
}
