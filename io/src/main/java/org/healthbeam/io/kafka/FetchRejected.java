package org.healthbeam.io.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.healthbeam.core.outcome.Rejected;

/** Makes dead letters of rejects; see {@link WriteDeadLetters}. */
final class FetchRejected extends DoFn<Rejected, TopicMessage> {
  private static final long serialVersionUID = 1L;

  private static final String PREFIX = "healthbeam.";

  /** As {@link ReadMessages} writes it, and what may follow within the message. */
  private static final Pattern POSITION = Pattern.compile("(?s)([0-9]{1,9}):([0-9]{1,18})\\b.*");

  private final String topic;
  private final String bootstrapServers;
  private final ClientSettings settings;
  @Nullable private transient MessageLookup lookup;

  FetchRejected(String topic, String bootstrapServers, ClientSettings settings) {
    this.topic = topic;
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
  }

  @ProcessElement
  public void process(@Element Rejected rejected, OutputReceiver<TopicMessage> out)
      throws IOException {
    Matcher position = POSITION.matcher(rejected.position());
    if (!rejected.source().startsWith(ReadMessages.SCHEME) || !position.matches()) {
      return;
    }
    TopicPartition partition =
        new TopicPartition(
            rejected.source().substring(ReadMessages.SCHEME.length()),
            Integer.parseInt(position.group(1)));
    long offset = Long.parseLong(position.group(2));
    if (lookup == null) {
      lookup = MessageLookup.open(bootstrapServers, settings);
    }
    Optional<ConsumerRecord<byte[], byte[]>> message = lookup.at(partition, offset);
    List<TopicMessage.Field> headers = new ArrayList<>();
    message.ifPresent(
        m -> m.headers().forEach(h -> headers.add(new TopicMessage.Field(h.key(), h.value()))));
    add(headers, "topic", partition.topic());
    add(headers, "partition", Integer.toString(partition.partition()));
    add(headers, "offset", Long.toString(offset));
    message.ifPresent(m -> add(headers, "timestamp", Long.toString(m.timestamp())));
    add(headers, "stage", rejected.stage());
    add(headers, "reason", rejected.reason().code());
    add(headers, "detail", rejected.detail());
    add(headers, "position", rejected.position());
    if (message.isEmpty()) {
      add(headers, "gone", "true");
    }
    out.output(
        new TopicMessage(
            topic,
            message.map(ConsumerRecord::key).orElse(null),
            message.map(ConsumerRecord::value).orElse(null),
            headers));
  }

  private static void add(List<TopicMessage.Field> headers, String name, String value) {
    headers.add(new TopicMessage.Field(PREFIX + name, value.getBytes(StandardCharsets.UTF_8)));
  }

  @Teardown
  public void close() {
    if (lookup != null) {
      lookup.close();
      lookup = null;
    }
  }
}
