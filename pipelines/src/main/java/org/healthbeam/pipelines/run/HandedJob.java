package org.healthbeam.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the mark in an output folder says of the job that writes there.
 *
 * @param id as the cluster calls it
 * @param started when it was handed over
 * @param options what it was handed over with, the runner among them, by name
 */
record HandedJob(String id, Instant started, Map<String, String> options) {

  static HandedJob of(JsonNode json) {
    Map<String, String> options = new LinkedHashMap<>();
    json.path("options").properties().forEach(e -> options.put(e.getKey(), e.getValue().asText()));
    return new HandedJob(
        json.path("id").asText(), Instant.parse(json.path("started").asText()), options);
  }

  ObjectNode toJson() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("id", id).put("started", started.toString());
    options.forEach(json.putObject("options")::put);
    return json;
  }
}
