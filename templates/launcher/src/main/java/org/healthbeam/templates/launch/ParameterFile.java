package org.healthbeam.templates.launch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.healthbeam.config.ConfigException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A file with a template's parameters: one JSON object, or one YAML 1.2 mapping, of names and
 * values. A value is a text, a number or true or false; several of them make a list. Messages name
 * the place and quote nothing.
 */
final class ParameterFile {
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private ParameterFile() {}

  /**
   * Returns names and values, as one would type them, in the order of the file.
   *
   * @param problems takes a sentence for each value that cannot be one
   * @throws ConfigException if the file cannot be read at all
   */
  static Map<String, String> read(String file, List<String> problems) throws ConfigException {
    String name = file.toLowerCase(Locale.ROOT);
    boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
    if (!yaml && !name.endsWith(".json")) {
      throw new ConfigException("--parameters=" + file + ": its name ends in .json or .yaml");
    }
    Path path = Path.of(file);
    if (!Files.isRegularFile(path)) {
      throw new ConfigException("--parameters=" + file + ": no such file");
    }
    String text;
    try {
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ConfigException("--parameters=" + file + " cannot be read as UTF-8", e);
    }
    Object content = yaml ? yaml(file, text) : json(file, text);
    if (!(content instanceof Map<?, ?> values)) {
      throw new ConfigException(
          "--parameters=" + file + ": the file must hold names with values, and nothing else");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          String given = key instanceof String s ? s : "";
          String written = text(value);
          if (given.isEmpty() || written == null) {
            problems.add(
                "%s: %s is neither a text, a number, true or false, nor a list of them"
                    .formatted(file, given.isEmpty() ? "a name" : "the value of '" + given + "'"));
          } else {
            parameters.put(given, written);
          }
        });
    return parameters;
  }

  /** Returns nothing for what is no value. */
  @javax.annotation.Nullable
  private static String text(@javax.annotation.Nullable Object value) {
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      for (Object element : list) {
        String text = element instanceof List ? null : text(element);
        if (text == null) {
          return null;
        }
        texts.add(text);
      }
      return String.join(",", texts);
    }
    if (value instanceof java.math.BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }

  private static Object json(String file, String text) throws ConfigException {
    try (JsonParser parser = JSON.createParser(text)) {
      return JSON.readValue(parser, Object.class);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw unreadable(
          file, "JSON", at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr());
    } catch (IOException e) {
      throw new ConfigException("--parameters=" + file + " cannot be read", e);
    }
  }

  private static Object yaml(String file, String text) throws ConfigException {
    try {
      // In YAML 1.2 on, off, yes and no are texts.
      return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
          .loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
      int column = e.getProblemMark().map(m -> m.getColumn() + 1).orElse(0);
      throw unreadable(file, "YAML", line, column);
    } catch (YamlEngineException e) {
      throw unreadable(file, "YAML", 0, 0);
    }
  }

  private static ConfigException unreadable(String file, String format, int line, int column) {
    return new ConfigException(
        "--parameters=%s is no %s, or names something twice%s"
            .formatted(file, format, line > 0 ? ": line " + line + ", column " + column : ""));
  }
}
