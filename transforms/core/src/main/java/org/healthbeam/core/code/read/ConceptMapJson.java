package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.ValueSet;

/**
 * Reads a FHIR ConceptMap, R4 or R5, and refuses one that breaks an invariant, with the invariant's
 * number.
 *
 * <p>R4 and R5 are told apart target by target: {@code equivalence} is R4's word and {@code
 * relationship} R5's. Systems are brought to their canonical URIs ({@link CodeSystems}).
 *
 * <p>Source: FHIR R4 and R5, ConceptMap, invariants cmd-1 to cmd-3 (R4) and cmd-1 to cmd-11 (R5).
 */
public final class ConceptMapJson {
  private static final Set<String> STATUSES = Set.of("draft", "active", "retired", "unknown");

  private final FhirJson in;
  private final GroupJson groupJson;
  private final Map<String, PropertyJson.Attribute> attributes = new HashMap<>();
  private final List<ValueSet> contained = new ArrayList<>(0);
  private String status = "";

  ConceptMapJson(FhirJson in) {
    this.in = in;
    this.groupJson = new GroupJson(in);
  }

  /**
   * Reads a file of one map.
   *
   * @param json one resource in UTF-8; is not closed
   * @param file its name, for messages, and its URL if it states none
   * @return the map, of which every rule has been checked
   * @throws InvalidMapException if it is not a ConceptMap or breaks a rule
   * @throws IOException if it cannot be read
   */
  public static ConceptMap read(InputStream json, String file)
      throws InvalidMapException, IOException {
    ConceptMap[] map = new ConceptMap[1];
    FhirJson.read(
        json,
        file,
        (type, whole) -> {
          if (!type.equals("ConceptMap")) {
            throw whole.refuse(
                "",
                (type.isEmpty() ? "has no resourceType" : "is a " + type)
                    + "; a ConceptMap is expected");
          }
          map[0] = new ConceptMapJson(whole).map();
        });
    return map[0];
  }

  /** Tells the map, and what was left out of it. */
  void tell(MapSink sink) throws IOException, InvalidMapException {
    ConceptMap map = map();
    for (ValueSet each : contained) {
      sink.valueSet(each);
    }
    map.tell(sink);
    if (groupJson.codelessElements() > 0) {
      sink.remark(
          map.id(),
          map.file(),
          groupJson.codelessElements() + " elements have no code, and are left out");
    }
  }

  private ConceptMap map() throws IOException, InvalidMapException {
    String[] id = {"", ""};
    List<GroupJson.Read> groups = new ArrayList<>();
    in.fields(
        name -> {
          switch (name) {
            case "url" -> id[0] = in.text(name);
            case "version" -> id[1] = in.text(name);
            case "status" -> status = in.text(name);
            case "contained" -> ValueSetJson.contained(in, contained);
            case "property" -> in.objects(name, this::property);
            case "additionalAttribute" -> in.objects(name, this::attribute);
            case "group" -> in.objects(name, where -> groups.add(groupJson.group(where)));
            default -> in.skip();
          }
        });
    if (!STATUSES.contains(status)) {
      throw in.refuse("status", "must be one of draft, active, retired, unknown");
    }
    groupJson.judge(status);
    List<ConceptMap.Group> finished = new ArrayList<>();
    for (GroupJson.Read group : groups) {
      finished.add(group.finish(attributes));
    }
    String file = in.file();
    return new ConceptMap(
        id[0].isEmpty() ? MapId.ofFile(file, id[1]) : new MapId(id[0], id[1]), file, finished);
  }

  private void property(String where) throws IOException, InvalidMapException {
    String[] declared = {"", ""};
    in.fields(
        name -> {
          switch (name) {
            case "type" -> declared[0] = in.text(where + ".type");
            case "system" -> declared[1] = in.text(where + ".system");
            default -> in.skip();
          }
        });
    if (declared[0].equals("code") && declared[1].isEmpty()) {
      throw in.refuse(where, "breaks cmd-11: a property of type code needs a system");
    }
  }

  private void attribute(String where) throws IOException, InvalidMapException {
    String[] declared = {"", "", "", ""};
    in.fields(
        name -> {
          switch (name) {
            case "code" -> declared[0] = in.code(where + ".code");
            case "uri" -> declared[1] = in.text(where + ".uri");
            case "type" -> declared[2] = in.text(where + ".type");
            case "system" ->
                declared[3] = CodeSystems.canonical(MapId.parse(in.text(where + ".system")).url());
            default -> in.skip();
          }
        });
    if (declared[0].isEmpty()) {
      throw in.refuse(where + ".code", "is missing: an attribute is referred to by it");
    }
    PropertyJson.Attribute attribute =
        new PropertyJson.Attribute(
            declared[1].isEmpty() ? declared[0] : declared[1],
            declared[2].equals("code") ? declared[3] : "");
    if (attributes.putIfAbsent(declared[0], attribute) != null) {
      throw in.refuse(where + ".code", "declares the attribute " + declared[0] + " again");
    }
  }
}
