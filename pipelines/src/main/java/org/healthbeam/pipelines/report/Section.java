package org.healthbeam.pipelines.report;

import java.util.List;

/**
 * A section of the page.
 *
 * @param id its anchor, unique on the page
 * @param title its heading
 * @param lead one or two sentences below the heading
 * @param blocks its content, in order
 */
record Section(String id, String title, String lead, List<Block> blocks) {}
