package org.yarndl.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnData;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.Operation;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;
import org.yarndl.bridge.Session;

/** Encoding and scoring where the rows are, as operations (docs/bridge.md): numbers 99 to 106. What workers need is opened before, by operation 96. */
final class PartOperations {
  static final int FIT = 99;
  static final int ENCODE = 100;
  static final int SORT = 101;
  static final int IDS = 102;
  static final int CUT = 103;
  static final int SCORE = 104;
  static final int WRITE_SCORED = 105;
  static final int STAGING = 106;

  private static final int MOST_PARTS = 1 << 16;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Engine engine;
  private final WorkerSettings settings;
  private final Session session;

  private PartOperations(SparkSession spark, Engine engine, WorkerSettings settings, Session session) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.engine = engine;
    this.settings = settings;
    this.session = session;
  }

  static void add(SparkSession spark, Engine engine, WorkerSettings settings, Session session) {
    PartOperations o = new PartOperations(spark, engine, settings, session);
    session
        .add(FIT, o.told(o::fit))
        .add(ENCODE, o.told(o::encode))
        .add(SORT, o.told(o::sort))
        .add(IDS, o.told((in, out) -> out.blob(session.get(in.i32(), SortedRecords.class).ids(in.count(MOST_PARTS)))))
        .add(CUT, o.told(o::cut))
        .add(SCORE, o.told(o::score))
        .add(WRITE_SCORED, o.told(o::writeScored))
        .add(STAGING, o.told(o::staging));
  }

  /** A failed job: lost executors and workers are the cluster's, all else is the input's. */
  private Operation told(Operation operation) {
    return (in, out) -> {
      try {
        operation.run(in, out);
      } catch (OperationException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new OperationException(Operations.FAULT_DATA, 0, e.getMessage(), e);
      } catch (Exception e) {
        String text = String.valueOf(e.getMessage());
        boolean lost = text.contains("[worker]") || text.contains("ProtocolException");
        throw lost ? new OperationException(Operations.FAULT_TRAINING, Failures.isMemory(text) ? Failures.RESOURCES : Failures.GAVE_UP, Failures.explain(text, engine.overhead()), e)
            : Failures.ofRows(text, e);
      }
    };
  }

  /** The batches of a table, made where its rows are. */
  private JavaRDD<byte[]> batches(ByteReader in, List<ColumnField> schema) throws OperationException {
    TableSource source = TableSource.read(in);
    List<String> names = TableSource.texts(in);
    String filter = in.text();
    Dataset<Row> rows = TableOperations.rows(spark, source, names, filter);
    schema.addAll(SparkTypes.fields(rows.schema()));
    return rows.toJavaRDD().mapPartitions(part -> new RowBatches(schema, part));
  }

  private void fit(ByteReader in, ByteWriter out) throws OperationException {
    List<ColumnField> schema = new ArrayList<>();
    JavaRDD<byte[]> batches = batches(in, schema);
    WorkerCall worker = engine.call();
    byte[] fields = PartTasks.bytes(schema);
    write(batches.mapPartitions(part -> PartTasks.fit(worker, fields, part)).collect(), out);
  }

  private void encode(ByteReader in, ByteWriter out) throws OperationException {
    List<ColumnField> schema = new ArrayList<>();
    JavaRDD<byte[]> batches = batches(in, schema);
    boolean heldOut = in.u8() == 1;
    String folder = in.text();
    WorkerCall worker = engine.call();
    byte[] fields = PartTasks.bytes(schema);
    write(batches.mapPartitions(part -> PartTasks.encode(worker, folder, heldOut, fields, part)).collect(), out);
  }

  private void sort(ByteReader in, ByteWriter out) {
    List<String> paths = TableSource.texts(in);
    int side = in.u8();
    SortedRecords sorted = new SortedRecords(context, settings, paths, side, Math.max(1, in.count(MOST_PARTS)));
    out.i32(session.keep(sorted));
    write(sorted.count(), out);
  }

  private void cut(ByteReader in, ByteWriter out) {
    SortedRecords sorted = session.get(in.i32(), SortedRecords.class);
    byte[] cut = in.blob();
    ShardOrder shards = new ShardOrder(in.i64(), in.i32(), in.i32());
    write(sorted.cut(engine.call(), cut, shards), out);
  }

  private void score(ByteReader in, ByteWriter out) throws OperationException {
    List<ColumnField> schema = new ArrayList<>();
    JavaRDD<byte[]> batches = batches(in, schema);
    String folder = in.text();
    WorkerCall worker = engine.call();
    byte[] fields = PartTasks.bytes(schema);
    write(batches.mapPartitions(part -> PartTasks.score(worker, folder, fields, part)).collect(), out);
  }

  private void staging(ByteReader in, ByteWriter out) throws Exception {
    StagingFolder staging = StagingFolder.create(spark.sparkContext(), in.text());
    out.i32(session.keep(staging)).text(staging.path.toString());
  }

  private void writeScored(ByteReader in, ByteWriter out) throws Exception {
    List<String> paths = TableSource.texts(in);
    TableSource target = TableSource.read(in);
    List<ColumnField> schema = ColumnField.read(in);
    TableWriting.Mode mode = TableWriting.Mode.values()[in.count(2)];
    WorkerSettings s = settings;
    JavaRDD<Row> rows = context.parallelize(paths, Math.max(1, paths.size()))
        .flatMap(path -> StagedFile.read(s.configuration(), path, PartTasks.PREDICTIONS))
        .flatMap(batch -> rows(schema, batch).iterator());
    try {
      TableWriting.save(spark, target, mode, spark.createDataFrame(rows, SparkTypes.schema(schema)));
    } catch (OperationException e) {
      throw e;
    } catch (Exception e) {
      throw target.failed(e);
    }
  }

  private static List<Row> rows(List<ColumnField> schema, byte[] batch) {
    List<ColumnData> columns = ColumnData.readBatch(schema, new ByteReader(batch));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < (columns.isEmpty() ? 0 : columns.get(0).rows); i++) {
      rows.add(RowColumns.row(columns, i));
    }
    return rows;
  }

  private static void write(List<byte[]> blobs, ByteWriter out) {
    out.i32(blobs.size());
    for (byte[] blob : blobs) {
      out.blob(blob);
    }
  }
}
