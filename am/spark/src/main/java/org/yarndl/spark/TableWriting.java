package org.yarndl.spark;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnData;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.HadoopFiles;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;

/** Batches that become rows of a table all at once: kept in a file of a staging folder until the commit. */
final class TableWriting implements Closeable {
  /** The numbers are those of .NET's WriteMode. */
  enum Mode { CREATE, APPEND, OVERWRITE }

  private final SparkSession spark;
  private final TableSource target;
  private final List<ColumnField> schema;
  private final Mode mode;
  private final StagingFolder staging;
  private final Path file;
  private FSDataOutputStream out;

  TableWriting(SparkSession spark, TableSource target, List<ColumnField> schema, Mode mode) throws IOException {
    this.spark = spark;
    this.target = target;
    this.schema = schema;
    this.mode = mode;
    SparkTypes.schema(schema);
    staging = StagingFolder.create(spark.sparkContext(), target.paths.isEmpty() ? "" : target.paths.get(0));
    file = new Path(staging.path, "rows");
    out = file.getFileSystem(spark.sparkContext().hadoopConfiguration()).create(file, false);
  }

  void add(byte[] batch) throws IOException {
    out.writeInt(batch.length);
    out.write(batch);
  }

  void commit() throws IOException, OperationException {
    out.close();
    out = null;
    byte[] fields = fields();
    // Hadoop's configuration does not travel; one task reads the file through Spark's own input
    JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(spark.sparkContext()).binaryFiles(file.toString(), 1)
        .flatMap(f -> new StagedRows(fields, f._2().open()));
    Dataset<Row> data = spark.createDataFrame(rows, SparkTypes.schema(schema));
    try {
      save(spark, target, mode, data);
    } catch (OperationException e) {
      throw e;
    } catch (Exception e) {
      throw target.failed(e);
    } finally {
      close();
    }
  }

  private byte[] fields() {
    ByteWriter w = new ByteWriter();
    ColumnField.write(schema, w);
    return w.toArray();
  }

  /** All rows at once, as the mode says. */
  static void save(SparkSession spark, TableSource target, Mode mode, Dataset<Row> rows) throws Exception {
    Map<String, String> fixed = target.fixedPartition();
    Dataset<Row> data = rows;
    for (Map.Entry<String, String> e : fixed.entrySet()) {
      data = data.withColumn(e.getKey(), functions.lit(e.getValue()));
    }
    SaveMode save = mode == Mode.CREATE ? SaveMode.ErrorIfExists : mode == Mode.APPEND ? SaveMode.Append : SaveMode.Overwrite;
    if (!target.format.equals("table")) {
      files(spark, target, mode, data);
    } else if (mode == Mode.CREATE || !spark.catalog().tableExists(target.table)) {
      data.write().mode(save).partitionBy(fixed.keySet().toArray(new String[0])).saveAsTable(target.table);
    } else {
      // by name, in the table's order: insertInto goes by position
      String[] names = spark.table(target.table).columns();
      Dataset<Row> ordered = data.selectExpr(Arrays.stream(names).map(n -> '`' + n.replace("`", "``") + '`').toArray(String[]::new));
      TableLayout layout = TableLayout.of(spark, target.table);
      String partition = layout.fixed(target.table, fixed);
      if (mode == Mode.OVERWRITE && layout.isSwappable()) {
        TableSwap.overwrite(spark, target.table, layout, ordered, partition);
      } else {
        ordered.write().mode(save).insertInto(target.table);
      }
    }
  }

  /** A folder of files, written beside its place and put there by a rename. */
  private static void files(SparkSession spark, TableSource target, Mode mode, Dataset<Row> data) throws Exception {
    HadoopFiles files = new HadoopFiles(spark.sparkContext().hadoopConfiguration());
    String path = target.paths.get(0);
    boolean there = files.stat(path) != null;
    if (there && mode == Mode.CREATE) {
      throw new OperationException(Operations.FAULT_DATA, 0, "[lake] " + path + " is there already; give another output, or mode overwrite", null);
    }
    // as CSV is read
    Map<String, String> options = target.format.equals("csv") ? Collections.singletonMap("header", "true") : Collections.emptyMap();
    if (there && mode == Mode.APPEND) {
      data.write().mode(SaveMode.Append).format(target.format).options(options).save(path);
      return;
    }
    try (StagingFolder aside = StagingFolder.create(spark.sparkContext(), path)) {
      String fresh = new Path(aside.path, "new").toString();
      data.write().format(target.format).options(options).save(fresh);
      if (there) {
        files.rename(path, new Path(aside.path, "old").toString());
      }
      files.rename(fresh, path);
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    staging.close();
  }

  /** The rows of a staged file. */
  private static final class StagedRows implements java.util.Iterator<Row> {
    private final List<ColumnField> schema;
    private final DataInputStream in;
    private List<ColumnData> columns = new ArrayList<>();
    private int rows;
    private int next;

    StagedRows(byte[] fields, DataInputStream in) {
      schema = ColumnField.read(new ByteReader(fields));
      this.in = in;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == rows) {
          int length;
          try {
            length = in.readInt();
          } catch (EOFException e) {
            in.close();
            return false;
          }
          byte[] batch = new byte[length];
          in.readFully(batch);
          columns = ColumnData.readBatch(schema, new ByteReader(batch));
          rows = columns.isEmpty() ? 0 : columns.get(0).rows;
          next = 0;
        }
        return true;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return RowColumns.row(columns, next++);
    }
  }
}
