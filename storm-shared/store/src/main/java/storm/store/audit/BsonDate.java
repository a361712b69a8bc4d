package storm.store.audit;

import jakarta.nosql.AttributeConverter;
import java.time.Instant;
import java.util.Date;

/// Keeps a time as a BSON date, which sorts and compares in the database; JNoSQL alone would keep text.
public class BsonDate implements AttributeConverter<Instant, Date> {
    @Override
    public Date convertToDatabaseColumn(Instant time) {
        return Date.from(time);
    }

    @Override
    public Instant convertToEntityAttribute(Date date) {
        return date.toInstant();
    }
}
