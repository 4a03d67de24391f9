package io.postgresloader.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test of something that not every product has as a source. Elsewhere it is skipped, and the report says why. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnlyOn.Condition.class)
public @interface OnlyOn {
    Products value();

    /** What the others lack. */
    String because();

    /** Which products. */
    enum Products {
        MARIADB(SourceProduct::isMariaDb),
        MYSQL(product -> !product.isMariaDb()),
        MYSQL_8(product -> product == SourceProduct.MYSQL_8_0),
        ALL_BUT_MYSQL_5_5(product -> product != SourceProduct.MYSQL_5_5),
        ALL_BUT_MYSQL_8(product -> product != SourceProduct.MYSQL_8_0),
        MARIADB_AND_MYSQL_8(product -> product.isMariaDb() || product == SourceProduct.MYSQL_8_0),
        MYSQL_5_7_AND_8(List.of(SourceProduct.MYSQL_5_7, SourceProduct.MYSQL_8_0)::contains);

        private final Predicate<SourceProduct> has;

        Products(Predicate<SourceProduct> has) {
            this.has = has;
        }

        /** Whether the product of this run is one of them. */
        public boolean underTest() {
            return has.test(SourceProduct.underTest());
        }
    }

    /** Reads the annotation. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), OnlyOn.class)
                    .filter(only -> !only.value().underTest())
                    .map(only -> ConditionEvaluationResult.disabled(
                            "not on " + SourceProduct.underTest() + ": " + only.because()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("on " + SourceProduct.underTest()));
        }
    }
}
