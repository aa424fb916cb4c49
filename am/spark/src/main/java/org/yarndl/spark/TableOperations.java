package org.yarndl.spark;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.Operation;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;
import org.yarndl.bridge.Session;

/** Tables in and out as operations (docs/bridge.md): numbers 80 to 95. */
final class TableOperations {
  static final int DESCRIBE = 80;
  static final int OPEN = 81;
  static final int NEXT = 82;
  static final int WRITE = 83;
  static final int WRITE_BATCH = 84;
  static final int COMMIT = 85;
  static final int NAME = 86;

  private final SparkSession spark;
  private final Session session;

  private TableOperations(SparkSession spark, Session session) {
    this.spark = spark;
    this.session = session;
  }

  static void add(SparkSession spark, Session session) {
    TableOperations o = new TableOperations(spark, session);
    session
        .add(DESCRIBE, told(o::describe))
        .add(OPEN, told(o::open))
        .add(NEXT, told(o::next))
        .add(WRITE, told(o::write))
        .add(WRITE_BATCH, told((in, out) -> session.get(in.i32(), TableWriting.class).add(in.raw(in.left()))))
        .add(COMMIT, told((in, out) -> session.get(in.i32(), TableWriting.class).commit()))
        .add(NAME, told(o::name));
  }

  /** Types that are refused, and what Spark says of a running job, are the user's to read. */
  private static Operation told(Operation operation) {
    return (in, out) -> {
      try {
        operation.run(in, out);
      } catch (IllegalArgumentException e) {
        throw new OperationException(Operations.FAULT_DATA, 0, e.getMessage(), e);
      } catch (org.apache.spark.SparkException e) {
        throw Failures.ofRows(String.valueOf(e.getMessage()), e);
      }
    };
  }

  private void describe(ByteReader in, ByteWriter out) throws OperationException {
    ColumnField.write(SparkTypes.fields(TableSource.read(in).open(spark).schema()), out);
  }

  /** From now on a name in SQL and in table sources is this source's: a temporary view of the session. */
  private void name(ByteReader in, ByteWriter out) throws OperationException {
    String name = in.text();
    TableSource source = TableSource.read(in);
    try {
      source.open(spark).createOrReplaceTempView(TableFacts.quoted(name));
    } catch (OperationException e) {
      throw e;
    } catch (Exception e) {
      throw source.failed(e);
    }
  }

  private void open(ByteReader in, ByteWriter out) throws OperationException {
    TableSource source = TableSource.read(in);
    boolean all = in.u8() == 0;
    List<String> names = TableSource.texts(in);
    String filter = in.text();
    Dataset<Row> rows = rows(spark, source, all ? null : names, filter);
    List<ColumnField> schema = SparkTypes.fields(rows.schema());
    out.i32(session.keep(new Reading(rows.toJavaRDD().mapPartitions(part -> new RowBatches(schema, part)).toLocalIterator())));
    ColumnField.write(schema, out);
  }

  /** The rows of a source that a filter leaves; nothing runs yet. Columns: null = all. */
  static Dataset<Row> rows(SparkSession spark, TableSource source, List<String> names, String filter) throws OperationException {
    Dataset<Row> rows = source.open(spark);
    try {
      if (!filter.isEmpty()) {
        rows = rows.filter(filter);
      }
      if (source.format.equals("table") || source.format.equals("sql")) {
        // where the .NET driver speaks too
        TableFacts.partitions(spark, rows).forEach(System.out::println);
      }
      if (names != null) {
        Column[] columns = new Column[names.size()];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = rows.col('`' + names.get(i).replace("`", "``") + '`').as(names.get(i));
        }
        rows = rows.select(columns);
      }
      return rows;
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (Exception e) {
      throw source.failed(e);
    }
  }

  private void next(ByteReader in, ByteWriter out) {
    Reading reading = session.get(in.i32(), Reading.class);
    boolean more = reading.batches.hasNext();
    out.u8(more ? 1 : 0);
    if (more) {
      byte[] batch = reading.batches.next();
      out.raw(batch, 0, batch.length);
    }
  }

  private void write(ByteReader in, ByteWriter out) throws IOException {
    TableSource target = TableSource.read(in);
    List<ColumnField> schema = ColumnField.read(in);
    out.i32(session.keep(new TableWriting(spark, target, schema, TableWriting.Mode.values()[in.count(2)])));
  }

  private static final class Reading implements Closeable {
    final Iterator<byte[]> batches;

    Reading(Iterator<byte[]> batches) {
      this.batches = batches;
    }

    @Override
    public void close() {}
  }
}
