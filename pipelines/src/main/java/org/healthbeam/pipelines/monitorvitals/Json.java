package org.healthbeam.pipelines.monitorvitals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.Iterator;
import org.healthbeam.pipelines.run.UsageException;

/** A JSON file that an option names, read strictly: what it does not know is an error. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String option;
  private final String file;
  private final JsonNode root;

  private Json(String option, String file, JsonNode root) {
    this.option = option;
    this.file = file;
    this.root = root;
  }

  static Json parse(String option, String file, String text) throws UsageException {
    try {
      return new Json(option, file, MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "--%s: %s is no JSON at line %d: %s"
              .formatted(option, file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }

  JsonNode root() {
    return root;
  }

  /** Returns the option and the file, as messages name them. */
  String place() {
    return option + ": " + file;
  }

  /** Returns an error that names the file. */
  UsageException wrong(String what) {
    return new UsageException("--%s: %s".formatted(place(), what));
  }

  /** Refuses fields of other names. */
  void only(JsonNode node, String... names) throws UsageException {
    if (!node.isObject()) {
      throw wrong("an object with " + String.join(", ", names) + " is expected");
    }
    for (Iterator<String> i = node.fieldNames(); i.hasNext(); ) {
      String name = i.next();
      if (!Arrays.asList(names).contains(name)) {
        throw wrong("'" + name + "' is none of " + String.join(", ", names));
      }
    }
  }

  /** Refuses fields that another one makes meaningless. */
  void notBeside(String field, JsonNode node, String... names) throws UsageException {
    for (String name : names) {
      if (node.has(field) && node.has(name)) {
        throw wrong("'" + name + "' does not go with '" + field + "'");
      }
    }
  }

  String text(JsonNode node, String name) throws UsageException {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw wrong("'" + name + "' is missing or no text");
    }
    return value.asText();
  }

  int whole(JsonNode node, String name) throws UsageException {
    JsonNode value = node.path(name);
    if (!value.isInt()) {
      throw wrong("'" + name + "' is missing or no whole number");
    }
    return value.asInt();
  }

  double number(JsonNode node, String name) throws UsageException {
    JsonNode value = node.path(name);
    if (!value.isNumber()) {
      throw wrong("'" + name + "' is missing or no number");
    }
    return value.asDouble();
  }

  Iterable<JsonNode> list(JsonNode node, String name) throws UsageException {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw wrong("'" + name + "' is missing or no list");
    }
    return value;
  }
}
