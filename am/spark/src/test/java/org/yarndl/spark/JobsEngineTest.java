package org.yarndl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What is seen of the steps in Spark's pages. */
class JobsEngineTest {
  @Test
  void a_step_is_a_job_with_the_description_that_was_told_last_and_a_lost_worker_is_told() {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (SparkSession spark = LocalSpark.start("spark.yarndl.executable", "/no/such/yarndl")) {
      spark.sparkContext().addSparkListener(new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart start) {
          seen.add(start.properties().getProperty("spark.job.description"));
        }
      });
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      try (Engine engine = new JobsEngine(context, new WorkerSettings(context.getConf(), Collections.emptyMap()))) {
        assertEquals(1, engine.workers());
        assertEquals("not set", engine.overhead());
        engine.open(new byte[][] {{1}});
        for (String text : new String[] {"epoch 3/10 step 412 loss 0.41", "epoch 3/10 step 413 loss 0.40"}) {
          engine.describe(text);
          Exception e = assertThrows(Exception.class, () -> engine.run(-1, null, Arrays.asList(new byte[] {1}, new byte[] {2})));
          assertTrue(e.getMessage().contains("[bundle]"), e.getMessage());
        }
        assertThrows(IllegalStateException.class, () -> engine.run(7, null, Collections.singletonList(new byte[1])));
      }
    }
    assertEquals(Arrays.asList("epoch 3/10 step 412 loss 0.41", "epoch 3/10 step 413 loss 0.40"), seen);
  }

  @Test
  void orders_of_the_workers_are_counted_for_sparks_stage_pages() {
    try (SparkSession spark = LocalSpark.start()) {
      WorkTotals totals = new WorkTotals(spark.sparkContext());
      List<byte[]> answers = JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(Arrays.asList(1, 2, 3), 3).map(i -> totals.of(() -> new byte[i])).collect();
      assertEquals(3, totals.orders());
      assertEquals(3, answers.get(2).length);
    }
  }
}
