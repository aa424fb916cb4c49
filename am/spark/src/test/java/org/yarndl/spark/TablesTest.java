package org.yarndl.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yarndl.bridge.BatchBuilder;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.ColumnData;
import org.yarndl.bridge.ColumnField;
import org.yarndl.bridge.OperationException;

class TablesTest {
  private static SparkSession spark;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static final String ROW = "select true b, 1Y i8, 2S i16, 3 i32, 4L i64, cast(0.5 as float) f32, 0.25D f64, 1.50BD d, 'tä' t, X'0102' bin,"
      + " date'1582-10-01' day, timestamp'1969-12-31 23:59:59.999999' at, array(1, null) list, map('k', 2) map, struct(7 as x, 'y' as y) pair";

  private static List<byte[]> batches(Dataset<Row> rows) {
    List<ColumnField> schema = SparkTypes.fields(rows.schema());
    List<byte[]> found = new ArrayList<>();
    Iterator<byte[]> all = rows.toJavaRDD().mapPartitions(part -> new RowBatches(schema, part)).toLocalIterator();
    all.forEachRemaining(found::add);
    return found;
  }

  @Test
  void a_row_of_every_type_becomes_columns() {
    Dataset<Row> rows = spark.sql(ROW);
    List<ColumnField> schema = SparkTypes.fields(rows.schema());
    List<ColumnData> c = ColumnData.readBatch(schema, new ByteReader(batches(rows).get(0)));
    assertTrue(c.get(0).bool(0));
    for (int i = 1; i <= 4; i++) {
      assertEquals(i, c.get(i).integer(0));
    }
    assertEquals(0.5f, c.get(5).f32(0));
    assertEquals(0.25, c.get(6).f64(0));
    assertEquals(150, c.get(7).unscaled(0).intValue());
    assertEquals("tä", new String(c.get(8).bytes(0), java.nio.charset.StandardCharsets.UTF_8));
    assertArrayEquals(new byte[] {1, 2}, c.get(9).bytes(0));
    assertEquals(java.time.LocalDate.of(1582, 10, 1).toEpochDay(), c.get(10).integer(0));
    assertEquals(-1, c.get(11).integer(0));
    assertTrue(c.get(12).child(0).isNull(1));
    assertEquals(2, c.get(13).child(1).integer(0));
    assertEquals(7, c.get(14).child(0).integer(0));
  }

  @Test
  void rows_written_as_batches_are_the_rows_that_were_read() throws Exception {
    Dataset<Row> rows = spark.sql(ROW).drop("map").union(spark.sql(ROW.replace("true b", "cast(null as boolean) b").replace("'tä' t", "cast(null as string) t")).drop("map"));
    TableSource target = parquet("out");
    TableWriting writing = new TableWriting(spark, target, SparkTypes.fields(rows.schema()), TableWriting.Mode.CREATE);
    for (byte[] batch : batches(rows)) {
      writing.add(batch);
    }
    assertTrue(!Files.exists(folder.resolve("out")), "visible before the commit");
    writing.commit();
    Dataset<Row> back = spark.read().parquet(folder.resolve("out").toString());
    assertEquals(Collections.emptyList(), back.exceptAll(rows).collectAsList());
    assertEquals(2, back.count());
    assertEquals(1, Files.list(folder).count(), "only the table is left");
    TableWriting again = new TableWriting(spark, target, SparkTypes.fields(rows.schema()), TableWriting.Mode.CREATE);
    assertThrows(OperationException.class, again::commit);
  }

  @Test
  void what_spark_says_of_a_missing_table_is_one_line() {
    OperationException e = assertThrows(OperationException.class, () -> source("table", "", "no_such_table").open(spark));
    assertTrue(e.getMessage().startsWith("[lake] table no_such_table: "), e.getMessage());
    assertTrue(!e.getMessage().contains("\n"));
  }

  @Test
  void a_type_that_is_not_read_is_refused_by_name() {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> SparkTypes.fields(spark.sql("select interval 1 day as gap").schema()));
    assertTrue(e.getMessage().contains("column gap"), e.getMessage());
  }

  @Test
  void a_large_partition_becomes_many_batches() {
    Dataset<Row> rows = spark.range(200_000).repartition(1).toDF();
    List<byte[]> found = batches(rows);
    assertEquals(4, found.size());
    long sum = 0;
    for (byte[] batch : found) {
      sum += ColumnData.readBatch(SparkTypes.fields(rows.schema()), new ByteReader(batch)).get(0).rows;
    }
    assertEquals(200_000, sum);
  }

  private TableSource parquet(String name) {
    return source("parquet", folder.resolve(name).toString(), "");
  }

  private static TableSource source(String format, String path, String table) {
    ByteWriter w = new ByteWriter().text(format).i32(path.isEmpty() ? 0 : 1);
    if (!path.isEmpty()) {
      w.text(path);
    }
    return TableSource.read(new ByteReader(w.text("").text(table).text("").i32(0).toArray()));
  }

  /** Not a table: the builder's own check. */
  @Test
  void a_batch_without_rows_is_empty() {
    assertTrue(new BatchBuilder(Collections.emptyList()).isEmpty());
  }
}
