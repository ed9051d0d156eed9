package org.healthbeam.core.code.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.InvalidMapException;

/** The JSON of one file, read in one pass; what is wrong is refused with its place. */
final class FhirJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final JsonParser in;

  private FhirJson(String file, JsonParser in) {
    this.file = file;
    this.in = in;
  }

  /** Reads what stands in a place. */
  interface Place {
    void read(String where) throws IOException, InvalidMapException;
  }

  /** Reads one field, whose value the parser is at. */
  interface Field {
    void read(String name) throws IOException, InvalidMapException;
  }

  /** Reads a resource, of which the type has been read. */
  interface Resource {
    void read(String type, FhirJson json) throws IOException, InvalidMapException;
  }

  /** Reads the one resource of a file. */
  static void read(InputStream json, String file, Resource resource)
      throws IOException, InvalidMapException {
    try (JsonParser in = JSON.createParser(Utf8.reader(json))) {
      FhirJson whole = new FhirJson(file, in);
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw whole.refuse("", "is not a JSON object; a ConceptMap is expected");
      }
      whole.resource(resource);
      if (in.nextToken() != null) {
        throw whole.refuse(
            "line " + in.currentLocation().getLineNr(), "goes on after the resource");
      }
    } catch (CharacterCodingException e) {
      throw new InvalidMapException(file, "", "is not text in UTF-8");
    } catch (StreamConstraintsException e) {
      // It does not say where.
      throw new InvalidMapException(
          file, "", "is nested too deep, or has a number, a name or a text that is too long");
    } catch (JsonProcessingException e) {
      throw new InvalidMapException(
          file,
          "line " + e.getLocation().getLineNr(),
          e instanceof JsonParseException
              ? "is not valid JSON: " + firstLine(e.getOriginalMessage())
              : firstLine(e.getOriginalMessage()));
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** {@return the same under another name: that of a part of the file} */
  FhirJson named(String part) {
    return new FhirJson(part, in);
  }

  String file() {
    return file;
  }

  JsonToken token() {
    return in.currentToken();
  }

  /**
   * Reads the resource that begins here. Its type nearly always stands first; where it does not,
   * the resource is kept until the type is known.
   */
  void resource(Resource resource) throws IOException, InvalidMapException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw refuse("", "is not a JSON object; a resource is expected");
    }
    if (in.nextToken() == JsonToken.FIELD_NAME && in.currentName().equals("resourceType")) {
      in.nextToken();
      resource.read(text("resourceType"), this);
      return;
    }
    byte[] rest = rest();
    try (JsonParser first = JSON.createParser(rest)) {
      first.nextToken();
      String[] type = {""};
      FhirJson scan = new FhirJson(file, first);
      scan.fields(
          name -> {
            if (name.equals("resourceType")) {
              type[0] = scan.text(name);
            } else {
              scan.skip();
            }
          });
      try (JsonParser again = JSON.createParser(rest)) {
        again.nextToken();
        resource.read(type[0], new FhirJson(file, again));
      }
    }
  }

  private byte[] rest() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(kept)) {
      out.writeStartObject();
      for (int depth = 1; depth > 0; ) {
        JsonToken token = in.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token.isNumeric()) {
          // As it is written: a double would have other digits.
          out.writeNumber(in.getText());
        } else {
          out.copyCurrentEvent(in);
        }
        if (depth > 0) {
          in.nextToken();
        }
      }
    }
    return kept.toByteArray();
  }

  /** Reads the fields that are left of an object. */
  void fields(Field field) throws IOException, InvalidMapException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      field.read(name);
    }
  }

  void skip() throws IOException {
    in.skipChildren();
  }

  /** Reads an array of objects. */
  void objects(String where, Place each) throws IOException, InvalidMapException {
    array(
        where,
        place -> {
          object(place);
          each.read(place);
        });
  }

  /** Reads an array. */
  void array(String where, Place each) throws IOException, InvalidMapException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw refuse(where, "must be an array");
    }
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      each.read(where + "[" + i + "]");
    }
  }

  void object(String where) throws InvalidMapException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw refuse(where, "must be an object");
    }
  }

  String text(String where) throws IOException, InvalidMapException {
    if (in.currentToken() != JsonToken.VALUE_STRING || in.getText().isEmpty()) {
      throw refuse(where, "must be a string that is not empty");
    }
    String text = in.getText();
    if (!Utf8.canEncode(text)) {
      throw refuse(where, "has half of a surrogate pair, which is no character");
    }
    return text;
  }

  String code(String where) throws IOException, InvalidMapException {
    String code = text(where);
    if (!CodeSyntax.isCode(code)) {
      throw refuse(where, CodeSyntax.RULE);
    }
    return code;
  }

  boolean bool(String where) throws IOException, InvalidMapException {
    if (!in.currentToken().isBoolean()) {
      throw refuse(where, "must be true or false");
    }
    return in.getBooleanValue();
  }

  /** {@return a number as it is written} */
  String number(String where) throws IOException, InvalidMapException {
    if (!in.currentToken().isNumeric()) {
      throw refuse(where, "must be a number");
    }
    return in.getText();
  }

  InvalidMapException refuse(String where, String what) {
    return new InvalidMapException(file, where, what);
  }
}
