package org.yarndl.spark;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnData;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.OperationException;

/** Batches that become rows of a table all at once: kept in a file of the default file system until the commit. */
final class TableWriting implements Closeable {
  /** The numbers are those of .NET's WriteMode. */
  enum Mode { CREATE, APPEND, OVERWRITE }

  private final SparkSession spark;
  private final TableSource target;
  private final List<ColumnField> schema;
  private final Mode mode;
  private final FileSystem store;
  private final Path staging;
  private FSDataOutputStream out;

  TableWriting(SparkSession spark, TableSource target, List<ColumnField> schema, Mode mode) throws IOException {
    this.spark = spark;
    this.target = target;
    this.schema = schema;
    this.mode = mode;
    SparkTypes.schema(schema);
    Path folder = target.paths.isEmpty() ? new Path(FileSystem.get(spark.sparkContext().hadoopConfiguration()).getHomeDirectory(), ".yarndl")
        : new Path(target.paths.get(0)).getParent();
    store = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
    // no leading dot: Hadoop's inputs leave hidden files out
    staging = new Path(folder, "yarndl-rows-" + UUID.randomUUID() + ".tmp");
    out = store.create(staging, false);
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
    JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(spark.sparkContext()).binaryFiles(staging.toString(), 1)
        .flatMap(file -> new StagedRows(fields, file._2().open()));
    Dataset<Row> data = spark.createDataFrame(rows, SparkTypes.schema(schema));
    try {
      save(spark, target, mode, data);
    } catch (RuntimeException e) {
      throw target.failed(e);
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
  static void save(SparkSession spark, TableSource target, Mode mode, Dataset<Row> data) throws Exception {
    SaveMode save = mode == Mode.CREATE ? SaveMode.ErrorIfExists : mode == Mode.APPEND ? SaveMode.Append : SaveMode.Overwrite;
    if (!target.format.equals("table")) {
      data.write().mode(save).format(target.format).save(target.paths.get(0));
    } else if (mode == Mode.CREATE || !spark.catalog().tableExists(target.table)) {
      data.write().mode(save).saveAsTable(target.table);
    } else {
      // by name, in the table's order: insertInto goes by position
      String[] names = spark.table(target.table).columns();
      data.selectExpr(Arrays.stream(names).map(n -> '`' + n.replace("`", "``") + '`').toArray(String[]::new)).write().mode(save).insertInto(target.table);
    }
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    store.delete(staging, false);
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
