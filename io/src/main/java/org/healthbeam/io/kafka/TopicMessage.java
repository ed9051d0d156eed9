package org.healthbeam.io.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A message that is to be sent. It does not copy the bytes; nobody may change them. {@code
 * toString} shows the topic only.
 *
 * @param topic where it goes
 * @param key messages with one key go to one partition; null where there is none
 * @param value the content; null says that what the key names is no more
 * @param headers in their order; a name may be there twice
 */
@SuppressWarnings("ArrayRecordComponent")
public record TopicMessage(
    String topic, @Nullable byte[] key, @Nullable byte[] value, List<Field> headers) {

  /**
   * A header.
   *
   * @param name never null
   * @param value null where a header has none
   */
  public record Field(String name, @Nullable byte[] value) {
    /**
     * Refuses a field without a name.
     *
     * @param name of the field
     * @param value null where it has none
     */
    public Field {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Field that
          && name.equals(that.name)
          && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Refuses a message without a topic.
   *
   * @param topic takes the message
   * @param key null where it has none
   * @param value null where it has none
   * @param headers in order
   */
  public TopicMessage {
    Objects.requireNonNull(topic, "topic");
    headers = List.copyOf(headers);
  }

  /** {@return it as Kafka's producers take it; its partition follows from its key} */
  ProducerRecord<byte[], byte[]> toSend() {
    List<Header> all =
        headers.stream().<Header>map(h -> new RecordHeader(h.name(), h.value())).toList();
    return new ProducerRecord<>(topic, null, key, value, all);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicMessage that
        && topic.equals(that.topic)
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(topic, headers) + 7 * Arrays.hashCode(key) + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "TopicMessage(" + topic + ")";
  }
}
