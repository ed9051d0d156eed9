package org.healthbeam.io.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks whether brokers answer and have the topics, before a stream of them is begun. */
public final class FindTopics {
  private FindTopics() {}

  /**
   * {@return the topics that the brokers do not have}
   *
   * @param bootstrapServers brokers as HOST:PORT, several with commas
   * @param topics the names that are asked for
   * @param client its other settings
   * @param patience how long the brokers have to answer
   * @throws IOException if no broker answers in that time, or none can be asked
   */
  public static List<String> missing(
      String bootstrapServers, List<String> topics, ClientSettings client, Duration patience)
      throws IOException {
    int millis = Math.toIntExact(patience.toMillis());
    Map<String, Object> settings =
        client.with(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis));
    try (Admin admin = Admin.create(settings)) {
      Map<String, KafkaFuture<org.apache.kafka.clients.admin.TopicDescription>> described =
          admin.describeTopics(topics).topicNameValues();
      return topics.stream().distinct().filter(t -> isMissing(described.get(t), millis)).toList();
    } catch (KafkaException | IllegalStateException e) {
      throw new IOException("no broker answers at " + bootstrapServers, e);
    }
  }

  private static boolean isMissing(KafkaFuture<?> topic, long millis) {
    try {
      topic.get(2 * millis, TimeUnit.MILLISECONDS);
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return true;
      }
      throw new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new KafkaException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException(e);
    }
  }
}
