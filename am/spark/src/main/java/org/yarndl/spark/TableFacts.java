package org.yarndl.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What is behind the rows of a table, view or query: its tables by Spark's own EXPLAIN, and the partitions that are left after the filter. */
final class TableFacts {
  /** Relation spark_catalog.default.digits[id#1] parquet */
  private static final Pattern FILES = Pattern.compile("Relation ([A-Za-z0-9_.`]+)\\[");
  /** HiveTableRelation [`spark_catalog`.`default`.`digits`, ... */
  private static final Pattern HIVE = Pattern.compile("HiveTableRelation \\[([^,\\]]+)[,\\]]");

  private static final String OPTIMIZED = "== Optimized Logical Plan ==";
  private static final String PRUNED = "Pruned Partitions: [";

  private TableFacts() {}

  /** Tables behind a query, with their database. */
  static Set<String> tables(SparkSession spark, String query) {
    return tables(spark.sql("EXPLAIN EXTENDED " + query).first().getString(0));
  }

  private static Set<String> tables(String plan) {
    Set<String> found = new TreeSet<>();
    for (Pattern pattern : new Pattern[] {FILES, HIVE}) {
      Matcher m = pattern.matcher(plan);
      while (m.find()) {
        String name = m.group(1).replace("`", "").trim();
        found.add(name.startsWith("spark_catalog.") ? name.substring("spark_catalog.".length()) : name);
      }
    }
    return found;
  }

  /** Null, or why a table behind the query cannot be read: Spark would take the files of a transactional table for its rows. */
  static String problem(SparkSession spark, String query) {
    for (String table : tables(spark, query)) {
      if (isTransactional(spark, table)) {
        return "[lake] " + table + " is a transactional (ACID) table, which Spark does not read; compact it into an external table (create table ... as select in Hive), and read that";
      }
    }
    return null;
  }

  private static boolean isTransactional(SparkSession spark, String table) {
    try {
      for (Row row : spark.sql("SHOW TBLPROPERTIES " + quoted(table)).collectAsList()) {
        if (row.size() == 2 && row.getString(0).equalsIgnoreCase("transactional") && row.getString(1).equalsIgnoreCase("true")) {
          return true;
        }
      }
      return false;
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof UnsupportedOperationException) {
        // no table of a catalog that has properties
        return false;
      }
      throw e;
    }
  }

  /** For each table with partitions behind the rows, a line that says how many of them are read; none where Spark does not tell. */
  static List<String> partitions(SparkSession spark, Dataset<Row> rows) {
    List<String> lines = new ArrayList<>();
    String view = "yarndl_plan_" + UUID.randomUUID().toString().replace("-", "");
    rows.createOrReplaceTempView(view);
    try {
      String plan = spark.sql("EXPLAIN EXTENDED SELECT * FROM " + view).first().getString(0);
      int optimized = plan.indexOf(OPTIMIZED);
      for (String table : tables(plan)) {
        int all = all(spark, table);
        if (all >= 0) {
          int files = files(spark, table, rows);
          int left = files >= 0 ? files : pruned(plan.substring(Math.max(0, optimized)), table, all);
          lines.add("[lake] table " + table + ": " + left + " of " + all + " partitions are read");
        }
      }
    } finally {
      spark.catalog().dropTempView(view);
    }
    return lines;
  }

  /** Partitions of a table; -1 = it has none, or is none of a catalog that has them. */
  private static int all(SparkSession spark, String table) {
    try {
      return (int) spark.sql("SHOW PARTITIONS " + quoted(table)).count();
    } catch (Exception e) {
      if (e instanceof AnalysisException || e instanceof UnsupportedOperationException) {
        return -1;
      }
      throw e;
    }
  }

  /** Partitions of a table that Spark reads itself: the folders of the files that are left; -1 = not such a table. */
  private static int files(SparkSession spark, String table, Dataset<Row> rows) {
    String root;
    try {
      TableLayout layout = TableLayout.of(spark, table);
      root = new Path(layout.location).toUri().getPath() + "/";
    } catch (Exception e) {
      return -1;
    }
    Set<String> left = new TreeSet<>();
    boolean seen = false;
    for (String file : rows.inputFiles()) {
      String path = new Path(file).toUri().getPath();
      int end = path.lastIndexOf('/');
      seen |= (path + "/").equals(root);
      if (path.startsWith(root) && path.substring(0, end).contains("=")) {
        left.add(path.substring(0, end));
      }
    }
    // a table that is read through Hive's formats names its folder instead of files
    return seen ? -1 : left.size();
  }

  /** Partitions of a table that is read through Hive's formats: those that the metastore named, or all. */
  private static int pruned(String plan, String table, int all) {
    Matcher m = Pattern.compile("HiveTableRelation \\[[^\n]*").matcher(plan);
    while (m.find()) {
      String line = m.group().replace("`", "");
      int at = line.indexOf(PRUNED);
      if (at >= 0 && (line.contains("." + table + ",") || line.contains("[" + table + ","))) {
        String list = line.substring(at + PRUNED.length());
        Matcher more = Pattern.compile("\\.\\.\\. (\\d+) more fields").matcher(list);
        int count = more.find() ? Integer.parseInt(more.group(1)) : 0;
        // (day=a), (day=b)
        Matcher one = Pattern.compile("\\([^()]*=[^()]*\\)").matcher(list);
        while (one.find()) {
          count++;
        }
        return count;
      }
    }
    return all;
  }

  static String quoted(String table) {
    StringBuilder name = new StringBuilder();
    for (String part : table.split("\\.")) {
      name.append(name.length() == 0 ? "" : ".").append('`').append(part.replace("`", "``")).append('`');
    }
    return name.toString();
  }
}
