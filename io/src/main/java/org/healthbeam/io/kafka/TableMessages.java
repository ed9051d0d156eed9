package org.healthbeam.io.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.healthbeam.io.table.TsvCells;

/**
 * Makes messages of the rows of a table that is kept up to date: key and value are JSON objects
 * whose fields are columns. A row that is withdrawn has no value, by which a topic that is
 * compacted forgets its key.
 *
 * <p>Numbers and truth values are those of the line, an empty cell is {@code null}; what {@link
 * #withText} names is always text. Headers: {@code revision} and {@code final}, if the table has
 * these columns, and {@code pane} ({@code early}, {@code on-time}, {@code late}), if the row is of
 * a pane.
 */
public final class TableMessages extends DoFn<String, TopicMessage> {
  private static final long serialVersionUID = 1L;

  private static final String REVISION = "revision";
  private static final String FINAL = "final";
  private static final String PANE = "pane";
  private static final String WITHDRAWN = "withdrawn";
  private static final Pattern LITERAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(e-?[0-9]+)?|true|false");

  private final String topic;
  private final ArrayList<String> columns;
  private final ArrayList<String> key;
  private final ArrayList<String> text;
  private transient JsonFactory json;
  private transient int[] allAt;
  private transient int[] keyAt;
  private transient boolean[] isText;

  private TableMessages(String topic, List<String> columns, List<String> key, List<String> text) {
    this.topic = topic;
    this.columns = new ArrayList<>(columns);
    this.key = new ArrayList<>(key);
    this.text = new ArrayList<>(text);
  }

  /**
   * {@return those of a table}
   *
   * @param topic takes the messages
   * @param columns of its lines, which are made with {@link org.healthbeam.io.table.TsvLine}
   * @param key those that are the same in every telling of a row
   */
  public static TableMessages to(String topic, List<String> columns, List<String> key) {
    if (!columns.containsAll(key)) {
      throw new IllegalArgumentException("the key " + key + " is not among the columns " + columns);
    }
    return new TableMessages(topic, columns, key, key);
  }

  /**
   * {@return a copy that knows these columns, beside those of the key, as text even where it looks
   * like a number}
   *
   * @param more names of columns
   */
  public TableMessages withText(List<String> more) {
    List<String> all = new ArrayList<>(key);
    all.addAll(more);
    return new TableMessages(topic, columns, key, all);
  }

  /** Prepares what a worker needs for all lines. */
  @Setup
  public void setUp() {
    json = new JsonFactory();
    allAt = IntStream.range(0, columns.size()).toArray();
    keyAt = key.stream().mapToInt(columns::indexOf).toArray();
    isText = new boolean[columns.size()];
    for (int i = 0; i < isText.length; i++) {
      isText[i] = text.contains(columns.get(i));
    }
  }

  /**
   * Makes a message of each line.
   *
   * @param line of the table
   * @param pane in which it was told
   * @param out takes the message
   * @throws IOException if it cannot be made
   */
  @ProcessElement
  public void process(@Element String line, PaneInfo pane, OutputReceiver<TopicMessage> out)
      throws IOException {
    List<String> cells = TsvCells.of(line);
    if (cells.size() != columns.size()) {
      throw new IllegalStateException(
          "a line of %s has %d cells for %d columns"
              .formatted(topic, cells.size(), columns.size()));
    }
    List<TopicMessage.Field> headers = new ArrayList<>();
    addHeader(headers, REVISION, cells);
    addHeader(headers, FINAL, cells);
    if (!pane.equals(PaneInfo.NO_FIRING)) {
      headers.add(header(PANE, pane.getTiming().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
    int withdrawn = columns.indexOf(WITHDRAWN);
    boolean gone = withdrawn >= 0 && cells.get(withdrawn).equals("true");
    out.output(
        new TopicMessage(topic, object(keyAt, cells), gone ? null : object(allAt, cells), headers));
  }

  private void addHeader(List<TopicMessage.Field> headers, String column, List<String> cells) {
    int at = columns.indexOf(column);
    if (at >= 0) {
      headers.add(header(column, cells.get(at)));
    }
  }

  private static TopicMessage.Field header(String name, String value) {
    return new TopicMessage.Field(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] object(int[] places, List<String> cells) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator object = json.createGenerator(bytes)) {
      object.writeStartObject();
      for (int at : places) {
        String cell = cells.get(at);
        object.writeFieldName(columns.get(at));
        if (cell.isEmpty()) {
          object.writeNull();
        } else if (!isText[at] && LITERAL.matcher(cell).matches()) {
          object.writeRawValue(cell);
        } else {
          object.writeString(cell);
        }
      }
      object.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
