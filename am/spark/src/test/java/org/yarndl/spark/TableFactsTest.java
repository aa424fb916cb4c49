package org.yarndl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFactsTest {
  @TempDir static Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start("spark.sql.warehouse.dir", folder.resolve("warehouse").toString());
    spark.sql("create table facts_days using parquet partitioned by (day) as select id, concat('d', id % 4) day from range(100)");
    spark.sql("create table facts_acid (id int) using orc tblproperties ('transactional' = 'true')");
    spark.sql("create view facts_view as select a.id from facts_acid a join facts_days using (id)");
  }

  @AfterAll
  static void stop() {
    spark.sql("drop view facts_view");
    spark.sql("drop table facts_days");
    spark.sql("drop table facts_acid");
    spark.stop();
  }

  @Test
  void a_filter_on_the_partition_column_leaves_its_partitions() {
    assertEquals(Arrays.asList("[lake] table default.facts_days: 1 of 4 partitions are read"), TableFacts.partitions(spark, spark.table("facts_days").filter("day = 'd1'")));
    assertEquals(Arrays.asList("[lake] table default.facts_days: 4 of 4 partitions are read"), TableFacts.partitions(spark, spark.table("facts_days")));
    assertEquals(Arrays.asList(), TableFacts.partitions(spark, spark.range(3).toDF()));
    assertEquals(0, spark.sql("show views like 'yarndl_plan_*'").count());
  }

  @Test
  void a_transactional_table_is_refused_by_name_behind_views_and_queries_too() {
    assertEquals(new TreeSet<>(Arrays.asList("default.facts_acid", "default.facts_days")), TableFacts.tables(spark, "select * from facts_view"));
    for (String query : new String[] {"select * from facts_acid", "select * from facts_view", "select count(*) from facts_acid"}) {
      assertTrue(String.valueOf(TableFacts.problem(spark, query)).startsWith("[lake] default.facts_acid is a transactional"), query);
    }
    assertNull(TableFacts.problem(spark, "select * from facts_days"));
    assertNull(TableFacts.problem(spark, "select 1"));
  }
}
