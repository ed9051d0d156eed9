package org.healthbeam.io.kafka;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.core.outcome.Rejected;

/**
 * Sends the messages of which something was rejected to a topic, as they were.
 *
 * <p>Input: rejects, in any windows. For each whose source is a topic ({@link ReadMessages}) the
 * message is read once more where it stands and sent with its key, its headers in their order, and
 * its value. Headers follow that say where it stood ({@code healthbeam.topic}, {@code
 * healthbeam.partition}, {@code healthbeam.offset}, {@code healthbeam.timestamp}, in milliseconds)
 * and what was wrong ({@code healthbeam.stage}, {@code healthbeam.reason}, {@code
 * healthbeam.detail}, {@code healthbeam.position} within the source). A message that its topic does
 * not hold any more has neither key nor value and the header {@code healthbeam.gone}. Other rejects
 * are not sent.
 *
 * <p>So a message of which several things were rejected is sent several times, and nothing of a
 * message is carried through the pipeline for the sake of a reject.
 */
public final class WriteDeadLetters extends PTransform<PCollection<Rejected>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final String bootstrapServers;
  private final ClientSettings settings;
  private final WriteMessages write;

  private WriteDeadLetters(
      String topic, String bootstrapServers, ClientSettings settings, WriteMessages write) {
    this.topic = topic;
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.write = write;
  }

  /**
   * {@return a transform that sends to this topic, at least once}
   *
   * @param topic must be there
   * @param bootstrapServers brokers as HOST:PORT, of that topic and of those that were read
   */
  public static WriteDeadLetters to(String topic, String bootstrapServers) {
    return new WriteDeadLetters(
        topic, bootstrapServers, ClientSettings.in(""), WriteMessages.to(bootstrapServers));
  }

  /**
   * {@return a copy that reads the messages with these settings too}
   *
   * @param newSettings of Kafka's clients
   */
  public WriteDeadLetters with(ClientSettings newSettings) {
    return new WriteDeadLetters(topic, bootstrapServers, newSettings, write);
  }

  /**
   * {@return a copy that sends in this way}
   *
   * @param newWrite knows brokers and settings
   */
  public WriteDeadLetters by(WriteMessages newWrite) {
    return new WriteDeadLetters(topic, bootstrapServers, settings, newWrite);
  }

  @Override
  public PDone expand(PCollection<Rejected> rejected) {
    return rejected
        .apply("Fetch", ParDo.of(new FetchRejected(topic, bootstrapServers, settings)))
        .setCoder(TopicMessageCoder.of())
        .apply("Write", write);
  }
}
