package org.yarndl.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalog.Column;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;

/** Where a table of the metastore keeps its files, as Spark's DESCRIBE tells. */
final class TableLayout {
  private static final List<String> FILES = Arrays.asList("parquet", "orc", "csv", "json", "text", "avro", "hive");

  final String location;
  final List<String> partitionColumns = new ArrayList<>();
  private final boolean swappable;

  private TableLayout(String location, boolean swappable) {
    this.location = location;
    this.swappable = swappable;
  }

  static TableLayout of(SparkSession spark, String table) throws Exception {
    Map<String, String> facts = facts(spark, "DESCRIBE TABLE EXTENDED " + TableFacts.quoted(table));
    String provider = facts.getOrDefault("provider", "").toLowerCase(Locale.ROOT);
    String location = facts.getOrDefault("location", "");
    List<String> partitions = new ArrayList<>();
    for (Column c : spark.catalog().listColumns(table).collectAsList()) {
      if (c.isPartition()) {
        partitions.add(c.name());
      }
    }
    boolean known = partitions.isEmpty() || facts.getOrDefault("partition provider", "").equals("Catalog");
    boolean swappable = FILES.contains(provider) && !location.isEmpty() && known && !facts.getOrDefault("type", "").equals("VIEW")
        && !facts.getOrDefault("table properties", "").contains("storage_handler");
    TableLayout layout = new TableLayout(location, swappable);
    layout.partitionColumns.addAll(partitions);
    return layout;
  }

  /** True when the table is files whose place the metastore alone knows: then it can be pointed at others. */
  boolean isSwappable() {
    return swappable;
  }

  /** The folder name of the partition whose columns are all given; empty when some are not. */
  String fixed(String table, Map<String, String> values) throws OperationException {
    List<String> parts = new ArrayList<>();
    for (String column : partitionColumns) {
      values.forEach((name, value) -> {
        if (name.equalsIgnoreCase(column)) {
          parts.add(PartitionName.part(column, value));
        }
      });
    }
    if (parts.size() < values.size()) {
      throw new OperationException(Operations.FAULT_DATA, 0, "[lake] table " + table + " has the partition columns " + partitionColumns + ", the partition " + values.keySet()
          + " is to be written; name columns of these", null);
    }
    return parts.size() < partitionColumns.size() ? "" : String.join("/", parts);
  }

  /** The folder of a partition; null when there is none. */
  static String partition(SparkSession spark, String table, String spec) {
    try {
      return facts(spark, "DESCRIBE TABLE EXTENDED " + TableFacts.quoted(table) + " PARTITION (" + spec + ")").get("location");
    } catch (Exception e) {
      if (e instanceof org.apache.spark.sql.AnalysisException) {
        // no such partition
        return null;
      }
      throw e;
    }
  }

  /** The lines after the columns; of repeated names the first. */
  private static Map<String, String> facts(SparkSession spark, String describe) {
    Map<String, String> facts = new HashMap<>();
    boolean detailed = false;
    for (Row row : spark.sql(describe).collectAsList()) {
      String name = String.valueOf(row.get(0)).trim();
      detailed |= name.startsWith("# Detailed ");
      if (detailed) {
        facts.putIfAbsent(name.toLowerCase(Locale.ROOT), row.isNullAt(1) ? "" : row.getString(1).trim());
      }
    }
    return facts;
  }
}
