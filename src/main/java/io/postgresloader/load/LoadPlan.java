package io.postgresloader.load;

import io.postgresloader.model.LoadType;
import io.postgresloader.model.Selection;

/**
 * What a load will read.
 *
 * @param type its type
 * @param reason why it is of that type, in words
 * @param selection the rows
 */
record LoadPlan(LoadType type, String reason, Selection selection) {}
