package org.healthbeam.io.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many partitions topics have, which one thread of this JVM asks the brokers again and again
 * for all readers of a source. While they do not answer, what they said last holds.
 */
final class PartitionCounts implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionCounts.class);
  private static final int SECONDS = 10;

  /** Those that readers use, by their source. */
  private static final Map<String, PartitionCounts> OF_THIS_JVM = new HashMap<>();

  private final String source;
  private final Admin admin;
  private final ScheduledExecutorService thread;
  private final Future<?> looking;
  private int users;
  private volatile Map<String, Integer> last = Map.of();

  private PartitionCounts(String source, Admin admin, List<String> topics) {
    this.source = source;
    this.admin = admin;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread asking = new Thread(task, "partitions of topics");
              asking.setDaemon(true);
              return asking;
            });
    this.looking =
        thread.scheduleWithFixedDelay(() -> look(topics), SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Begins to look, or looks for one more reader; whoever calls it closes what it returns.
   *
   * @param source the same for all readers of a source
   */
  static PartitionCounts watch(
      String source, String bootstrapServers, ClientSettings settings, List<String> topics)
      throws IOException {
    synchronized (OF_THIS_JVM) {
      PartitionCounts counts = OF_THIS_JVM.get(source);
      if (counts == null) {
        counts = new PartitionCounts(source, admin(bootstrapServers, settings), topics);
        OF_THIS_JVM.put(source, counts);
      }
      counts.users++;
      return counts;
    }
  }

  /** Asks once. */
  static Map<String, Integer> now(
      String bootstrapServers, ClientSettings settings, List<String> topics) throws IOException {
    try (Admin admin = admin(bootstrapServers, settings)) {
      return ask(admin, topics);
    } catch (ExecutionException e) {
      throw new IOException("the brokers do not say which partitions there are", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking which partitions there are", e);
    }
  }

  private static Admin admin(String bootstrapServers, ClientSettings settings) throws IOException {
    return Admin.create(
        settings.with(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)));
  }

  private static Map<String, Integer> ask(Admin admin, List<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, Integer> counts = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach((topic, description) -> counts.put(topic, description.partitions().size()));
    return counts;
  }

  private void look(List<String> topics) {
    try {
      last = ask(admin, topics);
    } catch (ExecutionException | RuntimeException e) {
      // Brokers may be away; readers wait for them too.
      LOG.debug("The brokers do not say which partitions there are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return what the brokers said last; nothing before they have been asked} */
  Map<String, Integer> last() {
    return last;
  }

  @Override
  public void close() {
    synchronized (OF_THIS_JVM) {
      users--;
      if (users > 0) {
        return;
      }
      OF_THIS_JVM.remove(source);
    }
    looking.cancel(true);
    thread.shutdownNow();
    admin.close(java.time.Duration.ZERO);
  }
}
