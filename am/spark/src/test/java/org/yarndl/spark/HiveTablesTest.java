package org.yarndl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.metrics.source.HiveCatalogMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.OperationException;

/** Tables of a real Hive metastore (Derby, in memory): what is written into them, and what others see meanwhile. */
class HiveTablesTest {
  @TempDir static Path folder;
  private static SparkSession spark;
  private static int made;

  @BeforeAll
  static void start() {
    System.setProperty("derby.stream.error.file", folder.resolve("derby.log").toString());
    spark = LocalSpark.start("spark.sql.catalogImplementation", "hive", "spark.sql.warehouse.dir", folder.resolve("warehouse").toUri().toString(),
        "spark.hadoop.javax.jdo.option.ConnectionURL", "jdbc:derby:memory:yarndl;create=true", "spark.hadoop.hive.metastore.schema.verification", "false",
        "spark.hadoop.datanucleus.schema.autoCreateAll", "true", "spark.hadoop.hive.exec.scratchdir", folder.resolve("scratch").toString(), "spark.sql.leafNodeDefaultParallelism", "1");
    spark.sparkContext().setLogLevel("WARN");
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static String create(String how) {
    String table = "scores" + made++;
    spark.sql("create table " + table + how);
    return table;
  }

  private static Dataset<Row> rows(int version, String days) {
    return spark.sql("select id, " + version + " version, day from range(40) lateral view explode(array(" + days + ")) as day");
  }

  private static TableSource table(String name, String... options) {
    ByteWriter w = new ByteWriter().text("table").i32(0).text("").text(name).text("").i32(options.length);
    for (String o : options) {
      w.text(o);
    }
    return TableSource.read(new ByteReader(w.toArray()));
  }

  private static void overwrite(String name, Dataset<Row> rows, String... options) throws Exception {
    TableWriting.save(spark, table(name, options), TableWriting.Mode.OVERWRITE, rows);
  }

  /** day=version*rows of every partition. */
  private static String seen(String name) {
    return seenBy(spark, name);
  }

  /** Files and folders of a table without Hadoop's checksums. */
  private static List<String> files(String name) throws IOException {
    Path root = folder.resolve("warehouse/" + name);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(p -> root.relativize(p).toString()).filter(p -> !p.endsWith(".crc")).sorted().collect(Collectors.toList());
    }
  }

  private static void nothingElse(String name, int partitions) throws IOException {
    assertEquals(0, spark.sql("show tables like 'yarndl_rows_*'").count());
    List<String> left = files(name).stream().filter(f -> !f.equals("_SUCCESS") && !f.matches(".*day=[a-z0-9%A-F ]+/part-[^/]+")).collect(Collectors.toList());
    assertEquals(new ArrayList<>(), left);
    try (Stream<Path> all = Files.walk(folder.resolve("warehouse/" + name))) {
      assertEquals(partitions, all.filter(p -> p.getFileName().toString().startsWith("day=")).count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(id bigint, version int, day string) using parquet partitioned by (day)",
      "(id bigint, version int) partitioned by (day string) row format delimited fields terminated by '|' stored as textfile",
      "(id bigint, version int) partitioned by (day string) stored as orc tblproperties ('orc.compress' = 'ZLIB')"})
  void partitions_that_get_rows_are_replaced_and_others_stay_in_tables_of_every_format(String how) throws Exception {
    String name = create(how);
    overwrite(name, rows(1, "'a', 'b/%'"));
    assertEquals("a=1-1*40*40 b/%=1-1*40*40", seen(name));
    overwrite(name, rows(2, "'a', 'c d'").repartition(3));
    assertEquals("a=2-2*40*40 b/%=1-1*40*40 c d=2-2*40*40", seen(name));
    nothingElse(name, 3);
    overwrite(name, rows(3, "'a'"));
    TableWriting.save(spark, table(name), TableWriting.Mode.APPEND, rows(3, "'a'"));
    assertEquals("a=3-3*80*40 b/%=1-1*40*40 c d=2-2*40*40", seen(name));
    nothingElse(name, 3);
    // with the compression of the table, as Spark's own insert writes
    assertEquals(1, files(name).stream().filter(f -> f.contains("day=a")).map(f -> f.replaceFirst(".*c000", "")).distinct().count(), files(name).toString());
    // the metastore, not this session, knows where the rows are
    assertEquals("a=3-3*80*40 b/%=1-1*40*40 c d=2-2*40*40", seenBy(spark.newSession(), name));
    spark.sql("drop table " + name);
    assertFalse(Files.exists(folder.resolve("warehouse/" + name)));
  }

  private static String seenBy(SparkSession other, String name) {
    return other.sql("select day, version, id from " + name).collectAsList().stream().collect(Collectors.groupingBy(r -> r.getString(0), java.util.TreeMap::new, Collectors.toList()))
        .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().stream().mapToInt(r -> r.getInt(1)).min().getAsInt() + "-" + e.getValue().stream().mapToInt(r -> r.getInt(1)).max().getAsInt()
            + "*" + e.getValue().size() + "*" + e.getValue().stream().mapToLong(r -> r.getLong(2)).distinct().count()).collect(Collectors.joining(" "));
  }

  @Test
  void one_partition_may_be_named_beside_the_rows_and_is_replaced_even_when_there_are_none() throws Exception {
    String name = create("(id bigint, version int) partitioned by (day string) stored as orc");
    overwrite(name, rows(1, "'a', 'b'"));
    overwrite(name, rows(2, "'x'").drop("day"), "partition.day", "a");
    assertEquals("a=2-2*40*40 b=1-1*40*40", seen(name));
    overwrite(name, rows(3, "'x'").drop("day").limit(0), "partition.day", "a");
    assertEquals("b=1-1*40*40", seen(name));
    assertEquals(2, spark.sql("show partitions " + name).count());
    overwrite(name, rows(4, "'x'").drop("day"), "partition.day", "a");
    assertEquals("a=4-4*40*40 b=1-1*40*40", seen(name));
    OperationException e = assertThrows(OperationException.class, () -> overwrite(name, rows(5, "'x'"), "partition.hour", "3"));
    assertTrue(e.getMessage().contains("partition columns [day]"), e.getMessage());
    assertEquals("a=4-4*40*40 b=1-1*40*40", seen(name));
  }

  @Test
  void typed_partition_columns_and_null_keep_their_partitions() throws Exception {
    String name = create("(id bigint, version int, day date, hour int) using parquet partitioned by (day, hour)");
    String rows = "select id, %d version, date'2026-11-21' day, if(id %% 2 = 0, 7, null) hour from range(10)";
    overwrite(name, spark.sql(String.format(rows, 1)));
    overwrite(name, spark.sql(String.format(rows, 2)));
    assertEquals("[2026-11-21,null,2,5, 2026-11-21,7,2,5]", spark.sql("select day, hour, max(version), count(*) from " + name + " group by 1, 2 order by 2").collectAsList()
        .stream().map(r -> r.mkString(",")).collect(Collectors.toList()).toString());
    assertEquals(2, spark.sql("show partitions " + name).count());
  }

  @Test
  void a_table_without_partitions_is_replaced_as_a_whole() throws Exception {
    for (String how : new String[] {"(id bigint, version int, day string) using parquet", "(id bigint, version int, day string) stored as orc"}) {
      String name = create(how);
      for (int version = 1; version <= 2; version++) {
        overwrite(name, rows(version, "'a'"));
        assertEquals("a=" + version + "-" + version + "*40*40", seenBy(spark.newSession(), name));
      }
      assertEquals(1, warehouse(name).size(), warehouse(name).toString());
      spark.sql("drop table " + name);
      assertEquals(0, warehouse(name).size(), warehouse(name).toString());
    }
  }

  private static List<String> warehouse(String start) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("warehouse"))) {
      return all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith(start) || n.startsWith("." + start)).collect(Collectors.toList());
    }
  }

  @Test
  void readers_see_the_old_rows_or_the_new_ones_and_never_a_mixture() throws Exception {
    String name = create("(id bigint, version int) partitioned by (day string) stored as parquet");
    overwrite(name, rows(0, "'a'"));
    AtomicReference<String> wrong = new AtomicReference<>();
    int[] reads = new int[1];
    AtomicBoolean done = new AtomicBoolean();
    Thread reader = new Thread(() -> {
      SparkSession other = spark.newSession();
      while (!done.get() && wrong.get() == null) {
        try {
          String seen = seenBy(other, name);
          reads[0]++;
          if (!seen.matches("a=(\\d+)-\\1\\*40\\*40")) {
            wrong.set(seen);
          }
        } catch (Exception e) {
          // a reader that began before the old files went is told so, and never that there are fewer rows
          if (!String.valueOf(e.getMessage()).contains("does not exist")) {
            wrong.set(String.valueOf(e));
          }
        }
      }
    });
    reader.start();
    for (int version = 1; version <= 4; version++) {
      overwrite(name, rows(version, "'a'"));
    }
    done.set(true);
    reader.join();
    assertEquals(null, wrong.get());
    assertTrue(reads[0] > 0);
    assertEquals("a=4-4*40*40", seen(name));
    nothingElse(name, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void what_a_killed_writer_left_is_readable_and_the_next_one_puts_it_in_order(int moment) throws Exception {
    String name = create(moment % 2 == 0 ? "(id bigint, version int) partitioned by (day string) stored as textfile" : "(id bigint, version int, day string) using parquet partitioned by (day)");
    overwrite(name, rows(1, "'a', 'b', 'c'"));
    TableSwap killed = new TableSwap(spark, name, TableLayout.of(spark, name));
    killed.write(rows(2, "'a', 'b'"));
    if (moment >= 1) {
      killed.decide("");
      assertEquals(2, killed.size());
    }
    for (int i = 0; i < moment - 1; i++) {
      killed.point(i);
    }
    killed.abandon();
    String expected = new String[] {"a=1-1*40*40 b=1-1*40*40 c=1-1*40*40", "a=1-1*40*40 b=1-1*40*40 c=1-1*40*40", "a=2-2*40*40 b=1-1*40*40 c=1-1*40*40",
          "a=2-2*40*40 b=2-2*40*40 c=1-1*40*40"}[moment];
    assertEquals(expected, seen(name));
    // another application looks at it only after ten minutes of silence; the same one is a later attempt
    overwrite(name, rows(3, "'c'"));
    assertEquals(expected.replace("c=1-1", "c=3-3"), seen(name));
    nothingElse(name, 3);
  }

  @Test
  void a_writer_whose_folder_was_taken_away_changes_nothing() throws Exception {
    String name = create("(id bigint, version int, day string) using parquet partitioned by (day)");
    overwrite(name, rows(1, "'a'"));
    TableSwap silent = new TableSwap(spark, name, TableLayout.of(spark, name));
    silent.write(rows(2, "'a'"));
    silent.decide("");
    silent.abandon();
    overwrite(name, rows(3, "'a'"));
    assertTrue(assertThrows(IOException.class, () -> silent.point(0)).getMessage().contains("run it again"));
    assertEquals("a=3-3*40*40", seen(name));
    nothingElse(name, 1);
  }

  @Test
  void a_condition_on_partition_columns_reaches_the_metastore_through_views_and_queries_of_every_format() throws Exception {
    for (String how : new String[] {"(id bigint, version int) partitioned by (day string) stored as textfile", "(id bigint, version int, day string) using parquet partitioned by (day)"}) {
      String name = create(how);
      overwrite(name, rows(1, "'a', 'b', 'c', 'd'").limit(160));
      spark.sql("create view v_" + name + " as select id, day as d from " + name + " where version > 0");
      for (String query : new String[] {"select * from " + name + " where day = 'b'", "select id from v_" + name + " where d = 'b'"}) {
        HiveCatalogMetrics.METRIC_PARTITIONS_FETCHED().dec(HiveCatalogMetrics.METRIC_PARTITIONS_FETCHED().getCount());
        assertEquals(40, spark.sql(query).count());
        assertEquals(1, HiveCatalogMetrics.METRIC_PARTITIONS_FETCHED().getCount(), query);
        assertEquals(Arrays.asList("[lake] table default." + name + ": 1 of 4 partitions are read"), TableFacts.partitions(spark, spark.sql(query)));
      }
      assertEquals(Arrays.asList("[lake] table default." + name + ": 4 of 4 partitions are read"), TableFacts.partitions(spark, spark.table("v_" + name)));
    }
  }

  @Test
  void a_writer_that_is_still_heard_of_is_left_alone_by_another_application() throws Exception {
    Path file = folder.resolve("x.alive");
    org.apache.hadoop.fs.FileSystem store = org.apache.hadoop.fs.FileSystem.getLocal(spark.sparkContext().hadoopConfiguration());
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    assertFalse(Heartbeat.isDead(store, path, "application_1"));
    Heartbeat beat = new Heartbeat(store, path, "application_1");
    assertFalse(Heartbeat.isDead(store, path, "application_1"));
    beat.stop();
    assertFalse(Heartbeat.isDead(store, path, "application_2"));
    assertTrue(Heartbeat.isDead(store, path, "application_1"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusMillis(2 * Heartbeat.HOLDS)));
    assertTrue(Heartbeat.isDead(store, path, "application_2"));
    beat.close();
    assertFalse(Files.exists(file));
  }

  @Test
  void a_folder_that_is_replaced_is_whole_all_the_time_and_what_a_killed_application_left_goes() throws Exception {
    Path parent = folder.resolve("files");
    Path target = parent.resolve("out");
    ByteWriter w = new ByteWriter().text("parquet").i32(1).text(target.toString()).text("").text("").text("").i32(0);
    TableSource files = TableSource.read(new ByteReader(w.toArray()));
    TableWriting.save(spark, files, TableWriting.Mode.CREATE, rows(1, "'a'"));
    assertThrows(OperationException.class, () -> TableWriting.save(spark, files, TableWriting.Mode.CREATE, rows(2, "'a'")));
    StagingFolder.create(spark.sparkContext(), target.toString()).abandon();
    assertEquals(2, Files.list(parent).count());
    // a failing job leaves what was there
    assertThrows(Exception.class, () -> TableWriting.save(spark, files, TableWriting.Mode.OVERWRITE, spark.sql("select raise_error('no') x from range(3)")));
    assertEquals(1, spark.read().parquet(target.toString()).selectExpr("max(version)").first().getInt(0));
    TableWriting.save(spark, files, TableWriting.Mode.OVERWRITE, rows(3, "'a'"));
    assertEquals(Arrays.asList("out"), Files.list(parent).map(p -> p.getFileName().toString()).collect(Collectors.toList()));
    assertEquals(3, spark.read().parquet(target.toString()).selectExpr("min(version)").first().getInt(0));
  }
}
