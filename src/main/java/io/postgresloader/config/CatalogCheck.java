package io.postgresloader.config;

import io.postgresloader.model.*;
import java.util.*;

public final class CatalogCheck {
    private CatalogCheck() {}

    public static void against(Catalog c, Map<String, SourceTable> s) {}
}
