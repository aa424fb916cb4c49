package org.yarndl.spark;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private TableFacts() {}

  /** Tables behind a query, with their database. */
  static Set<String> tables(SparkSession spark, String query) {
    String plan = spark.sql("EXPLAIN EXTENDED " + query).first().getString(0);
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

  /** A line that says how many partitions a filter leaves; null for a table without partitions, or where Spark does not tell. */
  static String partitions(SparkSession spark, String table, Dataset<Row> rows) {
    List<Row> all;
    try {
      all = spark.sql("SHOW PARTITIONS " + quoted(table)).collectAsList();
    } catch (Exception e) {
      // no partitions, or a view
      return null;
    }
    Set<String> left = new TreeSet<>();
    for (String file : rows.inputFiles()) {
      int end = file.lastIndexOf('/');
      String folder = end < 0 ? "" : file.substring(0, end);
      if (!folder.contains("=")) {
        return null;
      }
      left.add(folder);
    }
    return "[lake] table " + table + ": " + left.size() + " of " + all.size() + " partitions are read";
  }

  static String quoted(String table) {
    StringBuilder name = new StringBuilder();
    for (String part : table.split("\\.")) {
      name.append(name.length() == 0 ? "" : ".").append('`').append(part.replace("`", "``")).append('`');
    }
    return name.toString();
  }
}
