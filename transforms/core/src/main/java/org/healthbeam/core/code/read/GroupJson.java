package org.healthbeam.core.code.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;

/**
 * Reads {@code ConceptMap.group}, and keeps what can only be judged when the whole map is known.
 */
final class GroupJson {
  private static final String CODE_OR_VALUE_SET =
      "breaks cmd-5: either code or valueSet, and not both";

  private final FhirJson in;
  private final PropertyJson propertyJson;
  private boolean r5;
  private String uncommented = "";
  private String unrelated = "";
  private String codeless = "";
  private long codelessElements;
  private boolean defaultOfR5;

  GroupJson(FhirJson in) {
    this.in = in;
    this.propertyJson = new PropertyJson(in);
  }

  /** Judges what depends on the map's status and on whether it is of R5. */
  void judge(String status) throws InvalidMapException {
    if (!uncommented.isEmpty() && !status.equals("draft")) {
      throw in.refuse(
          uncommented,
          "breaks cmd-1: a target that is narrower or not related needs a comment, unless the map"
              + " is a draft");
    }
    if (r5 && !unrelated.isEmpty()) {
      throw in.refuse(unrelated, UnmappedJson.NEEDS_RELATIONSHIP);
    }
    if ((r5 || defaultOfR5) && !codeless.isEmpty()) {
      throw in.refuse(codeless, CODE_OR_VALUE_SET);
    }
  }

  /** {@return how many elements have no code: R4 allows it, and they say nothing about any code} */
  long codelessElements() {
    return codelessElements;
  }

  /** A group as it was read; attributes may be declared after it. */
  final class Read {
    private final String[] source = {"", ""};
    private final String[] target = {"", ""};
    private final List<ConceptMap.Element> elements = new ArrayList<>();
    @Nullable private ConceptMap.Unmapped unmapped;
    private boolean unmappedOfR5;

    ConceptMap.Group finish(Map<String, PropertyJson.Attribute> attributes) {
      List<ConceptMap.Element> finished = new ArrayList<>(elements.size());
      for (ConceptMap.Element element : elements) {
        if (!isUnmapped(element)) {
          finished.add(attributes.isEmpty() ? element : named(element, attributes));
        }
      }
      return new ConceptMap.Group(source[0], source[1], target[0], target[1], finished, unmapped);
    }

    /**
     * R5: the default is to be applied when there is no target concept mapping specified, so also
     * to an element without targets. R4 only speaks of codes that are not mapped, and an element
     * that is there keeps it away.
     */
    private boolean isUnmapped(ConceptMap.Element element) {
      return unmapped != null
          && (r5 || unmappedOfR5)
          && element.targets().isEmpty()
          && !element.noMap();
    }

    private ConceptMap.Element named(
        ConceptMap.Element element, Map<String, PropertyJson.Attribute> attributes) {
      List<ConceptMap.Target> targets = new ArrayList<>(element.targets().size());
      for (ConceptMap.Target each : element.targets()) {
        targets.add(
            each.dependingOn(PropertyJson.named(each.dependsOn(), attributes))
                .with(PropertyJson.named(each.products(), attributes)));
      }
      return new ConceptMap.Element(element.source(), element.noMap(), targets);
    }
  }

  Read group(String where) throws IOException, InvalidMapException {
    Read group = new Read();
    in.fields(
        name -> {
          String place = where + "." + name;
          switch (name) {
            case "source" -> canonical(place, group.source);
            case "sourceVersion" -> group.source[1] = in.text(place);
            case "target" -> canonical(place, group.target);
            case "targetVersion" -> group.target[1] = in.text(place);
            case "element" -> in.objects(place, each -> element(each, group.elements));
            case "unmapped" -> {
              UnmappedJson unmapped = new UnmappedJson(in, place);
              group.unmapped = unmapped.read();
              group.unmappedOfR5 = unmapped.isR5();
              defaultOfR5 |= unmapped.isR5();
              if (unmapped.lacksRelationship()) {
                unrelated = place;
              }
            }
            default -> in.skip();
          }
        });
    if (group.source[0].isEmpty()) {
      throw in.refuse(where + ".source", "is missing: codes without a system cannot be looked up");
    }
    boolean needsTarget =
        group.elements.stream()
                .flatMap(e -> e.targets().stream())
                .anyMatch(t -> !t.code().isEmpty())
            || (group.unmapped != null && !group.unmapped.code().isEmpty());
    if (needsTarget && group.target[0].isEmpty()) {
      throw in.refuse(where + ".target", "is missing: target codes need a system");
    }
    return group;
  }

  /** R5 allows {@code system|version} where R4 has two elements. */
  private void canonical(String where, String[] systemAndVersion)
      throws IOException, InvalidMapException {
    MapId id = MapId.parse(in.text(where));
    systemAndVersion[0] = CodeSystems.canonical(id.url());
    if (!id.version().isEmpty()) {
      systemAndVersion[1] = id.version();
    }
  }

  private void element(String where, List<ConceptMap.Element> elements)
      throws IOException, InvalidMapException {
    String[] texts = {"", "", ""};
    boolean[] noMap = {false};
    List<ConceptMap.Target> targets = new ArrayList<>();
    in.fields(
        name -> {
          String place = where + "." + name;
          switch (name) {
            case "code" -> texts[0] = in.code(place);
            case "display" -> texts[1] = in.text(place);
            case "valueSet" -> texts[2] = in.text(place);
            case "noMap" -> noMap[0] = in.bool(place);
            case "target" -> in.objects(place, each -> targets.add(new TargetJson(each).read()));
            default -> in.skip();
          }
        });
    if (texts[0].isEmpty() && texts[2].isEmpty() && !noMap[0]) {
      // Whether it may lack a code depends on whether this is R5, which may be seen later.
      codeless = codeless.isEmpty() ? where : codeless;
      codelessElements++;
      return;
    }
    if (texts[2].isEmpty() == texts[0].isEmpty()) {
      throw in.refuse(where, CODE_OR_VALUE_SET);
    }
    if (noMap[0] && !targets.isEmpty()) {
      throw in.refuse(where, "breaks cmd-4: with noMap there must be no target");
    }
    elements.add(
        new ConceptMap.Element(
            new ConceptMap.Source(texts[0], texts[1], texts[2]), noMap[0], targets));
  }

  /** Reads {@code group.element.target}. */
  private final class TargetJson {
    private final String where;
    private final List<Property> dependsOn = new ArrayList<>(0);
    private final List<Property> products = new ArrayList<>(0);
    private String code = "";
    private String display = "";
    private String equivalence = "";
    private String relationship = "";
    private String comment = "";
    private String valueSet = "";

    TargetJson(String where) {
      this.where = where;
    }

    ConceptMap.Target read() throws IOException, InvalidMapException {
      in.fields(
          name -> {
            String place = where + "." + name;
            switch (name) {
              case "code" -> code = in.code(place);
              case "display" -> display = in.text(place);
              case "equivalence" -> equivalence = in.text(place);
              case "relationship" -> relationship = in.text(place);
              case "comment" -> comment = in.text(place);
              case "valueSet" -> valueSet = in.text(place);
              case "dependsOn" ->
                  in.objects(place, each -> dependsOn.add(propertyJson.property(each)));
              case "product" ->
                  in.objects(place, each -> products.add(propertyJson.property(each)));
              default -> in.skip();
            }
          });
      Relationship meaning = meaning();
      if (!valueSet.isEmpty() && !code.isEmpty()) {
        throw in.refuse(where, "breaks cmd-7: either code or valueSet, and not both");
      }
      boolean mayLackCode = !equivalence.isEmpty() && meaning == Relationship.NOT_RELATED_TO;
      if (code.isEmpty() && valueSet.isEmpty() && !mayLackCode) {
        throw in.refuse(
            where,
            equivalence.isEmpty()
                ? "breaks cmd-7: either code or valueSet must be there"
                : "has no code; only an unmatched or disjoint target may lack one");
      }
      return new ConceptMap.Target(
          code,
          display,
          meaning,
          valueSet,
          dependsOn,
          products,
          ConceptMap.Validity.ALWAYS,
          null,
          comment);
    }

    private Relationship meaning() throws InvalidMapException {
      if (equivalence.isEmpty() == relationship.isEmpty()) {
        throw in.refuse(
            where,
            equivalence.isEmpty()
                ? "has neither equivalence (R4) nor relationship (R5)"
                : "has both equivalence (R4) and relationship (R5)");
      }
      if (!equivalence.isEmpty()) {
        if (comment.isEmpty()
            && (equivalence.equals("narrower") || equivalence.equals("inexact"))) {
          throw in.refuse(where, "breaks cmd-1: a narrower or inexact target needs a comment");
        }
        return known(in, where, () -> Relationship.fromR4(equivalence));
      }
      r5 = true;
      Relationship stated = known(in, where, () -> Relationship.fromR5(relationship));
      boolean mustExplain =
          stated == Relationship.SOURCE_IS_BROADER || stated == Relationship.NOT_RELATED_TO;
      // Whether a comment may be missing depends on the status, which may come after the groups.
      if (mustExplain && comment.isEmpty() && uncommented.isEmpty()) {
        uncommented = where;
      }
      return stated;
    }
  }

  static Relationship known(FhirJson in, String where, Supplier<Relationship> lookUp)
      throws InvalidMapException {
    try {
      return lookUp.get();
    } catch (IllegalArgumentException e) {
      throw in.refuse(where, e.getMessage());
    }
  }
}
