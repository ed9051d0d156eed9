package org.healthbeam.io.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/** Encodes a {@link TopicMessage}, deterministically. */
public final class TopicMessageCoder extends AtomicCoder<TopicMessage> {
  private static final long serialVersionUID = 1L;
  private static final TopicMessageCoder INSTANCE = new TopicMessageCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarIntCoder COUNT = VarIntCoder.of();
  private static final Coder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());

  private TopicMessageCoder() {}

  /** {@return the coder, of which there is one} */
  public static TopicMessageCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TopicMessage message, OutputStream out) throws IOException {
    TEXT.encode(message.topic(), out);
    BYTES.encode(message.key(), out);
    BYTES.encode(message.value(), out);
    COUNT.encode(message.headers().size(), out);
    for (TopicMessage.Field header : message.headers()) {
      TEXT.encode(header.name(), out);
      BYTES.encode(header.value(), out);
    }
  }

  @Override
  public TopicMessage decode(InputStream in) throws IOException {
    String topic = TEXT.decode(in);
    byte[] key = BYTES.decode(in);
    byte[] value = BYTES.decode(in);
    int n = COUNT.decode(in);
    List<TopicMessage.Field> headers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String name = TEXT.decode(in);
      headers.add(new TopicMessage.Field(name, BYTES.decode(in)));
    }
    return new TopicMessage(topic, key, value, headers);
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
