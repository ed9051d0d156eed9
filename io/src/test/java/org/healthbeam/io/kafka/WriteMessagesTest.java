package org.healthbeam.io.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.outcome.RejectedCoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real broker has of what was sent, read as a committed consumer. */
@Tag("slow")
class WriteMessagesTest {
  private static final ClientSettings NONE = ClientSettings.in("");

  @TempDir static Path folder;
  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Nullable
  private static byte[] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Nullable
  private static String text(@Nullable byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static TopicMessage message(String topic, String key, @Nullable String value) {
    return new TopicMessage(topic, bytes(key), bytes(value), List.of());
  }

  private static String shown(ConsumerRecord<byte[], byte[]> message) {
    StringBuilder shown = new StringBuilder(text(message.key()) + "=" + text(message.value()));
    message
        .headers()
        .forEach(h -> shown.append(" ").append(h.key()).append(":").append(text(h.value())));
    return shown.toString();
  }

  private static List<String> values(String topic) {
    return broker.committed(topic).stream().map(m -> text(m.value())).toList();
  }

  @Test
  void rowsBecomeMessagesUnderTheirKey() throws Exception {
    broker.createTopic("rows", 3);
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            Create.of(
                    new TsvLine()
                        .add("a\t\"1\"")
                        .add("1")
                        .add(0.5)
                        .add(3)
                        .add(true)
                        .add(false)
                        .toString(),
                    new TsvLine()
                        .add("b")
                        .add((String) null)
                        .add(1e-7)
                        .add(4)
                        .add(true)
                        .add(true)
                        .toString())
                .withCoder(StringUtf8Coder.of()))
        .apply(
            ParDo.of(
                TableMessages.to(
                        "rows",
                        List.of("subject", "unit", "mean", "revision", "final", "withdrawn"),
                        List.of("subject"))
                    .withText(List.of("unit"))))
        .setCoder(TopicMessageCoder.of())
        .apply(WriteMessages.to(broker.servers()));
    pipeline.run().waitUntilFinish();
    List<String> shown =
        broker.committed("rows").stream().map(WriteMessagesTest::shown).sorted().toList();
    assertEquals(
        List.of(
            "{\"subject\":\"a\\t\\\"1\\\"\"}={\"subject\":\"a\\t\\\"1\\\"\",\"unit\":\"1\",\"mean\":0.5,\"revision\":3,\"final\":true,\"withdrawn\":false} revision:3 final:true",
            "{\"subject\":\"b\"}=null revision:4 final:true"),
        shown);
  }

  /** Stable input: after a failure a shard gets the same messages again, and then more. */
  @Test
  void whatIsCommittedIsNotSentAgainThoughItComesAgain() throws Exception {
    broker.createTopic("once", 1);
    List<TopicMessage> three =
        List.of(message("once", "k", "0"), message("once", "k", "1"), message("once", "k", "2"));
    try (ShardProducer first = ShardProducer.open(broker.servers(), NONE, "sink-0")) {
      first.commit(0, three.subList(0, 2));
      try (ShardProducer again = ShardProducer.open(broker.servers(), NONE, "sink-0")) {
        again.commit(0, three);
        assertThrows(IOException.class, () -> first.commit(2, List.of(message("once", "k", "!"))));
        again.commit(0, three);
        again.commit(3, List.of(message("once", "k", "3")));
      }
    }
    assertEquals(List.of("0", "1", "2", "3"), values("once"));
    try (ShardProducer other = ShardProducer.open(broker.servers(), NONE, "sink-1")) {
      other.commit(0, List.of(message("once", "k", "of another shard")));
    }
    assertEquals(5, values("once").size());
  }

  @Test
  void deadLettersAreTheMessagesAsTheyWere() throws Exception {
    broker.createTopic("in", 2);
    broker.createTopic("dead", 1);
    try (KafkaProducer<String, String> producer = broker.producer()) {
      for (int i = 0; i < 6; i++) {
        List<Header> headers =
            List.of(
                new RecordHeader("trace", bytes("t" + i)),
                new RecordHeader("trace", bytes("again")),
                new RecordHeader("none", null));
        producer.send(new ProducerRecord<>("in", 1, 1000L + i, "k" + i, "v" + i, headers)).get();
      }
      producer.send(new ProducerRecord<>("in", 1, 2000L, null, null, List.of())).get();
    }
    broker.deleteBefore("in", 1, 1);
    List<Rejected> rejects = new ArrayList<>();
    for (String position : List.of("1:4", "1:6", "1:0", "1:2:entry[3]")) {
      rejects.add(
          new Rejected(
              "A stage", RejectReason.INVALID_VALUE, "which", "kafka://in", position, "h"));
    }
    rejects.add(new Rejected("A stage", RejectReason.MALFORMED, "row", "seen.csv", "1:4", "h"));
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rejects).withCoder(RejectedCoder.of()))
        .apply(WriteDeadLetters.to("dead", broker.servers()));
    pipeline.run().waitUntilFinish();
    String where = " healthbeam.topic:in healthbeam.partition:1 healthbeam.offset:%d";
    String when = " healthbeam.timestamp:%d";
    String why =
        " healthbeam.stage:A stage healthbeam.reason:invalid-value healthbeam.detail:which"
            + " healthbeam.position:";
    assertEquals(
        List.of(
            "k2=v2 trace:t2 trace:again none:null"
                + where.formatted(2)
                + when.formatted(1002)
                + why
                + "1:2:entry[3]",
            "k4=v4 trace:t4 trace:again none:null"
                + where.formatted(4)
                + when.formatted(1004)
                + why
                + "1:4",
            "null=null" + where.formatted(0) + why + "1:0 healthbeam.gone:true",
            "null=null" + where.formatted(6) + when.formatted(2000) + why + "1:6"),
        broker.committed("dead").stream().map(WriteMessagesTest::shown).sorted().toList());
  }

  @Test
  void messagesSurviveTheirCoder() throws Exception {
    for (TopicMessage message :
        List.of(
            new TopicMessage("t", null, null, List.of()),
            new TopicMessage(
                "t",
                bytes("k"),
                bytes(""),
                List.of(
                    new TopicMessage.Field("a", null), new TopicMessage.Field("a", bytes("b")))))) {
      CoderProperties.coderDecodeEncodeEqual(TopicMessageCoder.of(), message);
    }
    CoderProperties.coderSerializable(TopicMessageCoder.of());
  }
}
