// The schema's step for exports: which requests have changed since.
#pragma once

namespace foyer::server::sqlite {

// A request has one row, made anew in the transaction of each change; there is one writer, so numbers are given in the
// order of the commits, and who has read up to one of them misses nothing. A request that is erased leaves its number.
inline constexpr const char* EXPORT_SCHEMA = R"(
CREATE TABLE submission_changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    submission_id INTEGER
) STRICT;
CREATE INDEX submission_changes_by_portal ON submission_changes (portal, seq);
INSERT INTO submission_changes (portal, number, service, submission_id)
    SELECT portal, number, service, id FROM submissions ORDER BY id;

CREATE TRIGGER submission_change_begun AFTER INSERT ON submissions BEGIN
    INSERT INTO submission_changes (portal, number, service, submission_id)
    VALUES (NEW.portal, NEW.number, NEW.service, NEW.id);
END;
CREATE TRIGGER submission_change_noted AFTER UPDATE OF state, answers, due_by, marks, claimed_by, claimed_name, service,
    origin, procedure, account_id ON submissions BEGIN
    DELETE FROM submission_changes WHERE number = NEW.number;
    INSERT INTO submission_changes (portal, number, service, submission_id)
    VALUES (NEW.portal, NEW.number, NEW.service, NEW.id);
END;
CREATE TRIGGER submission_change_erased AFTER DELETE ON submissions BEGIN
    DELETE FROM submission_changes WHERE number = OLD.number;
    INSERT INTO submission_changes (portal, number, service, submission_id)
    VALUES (OLD.portal, OLD.number, OLD.service, NULL);
END;
CREATE TRIGGER account_change_noted AFTER UPDATE OF civility, first_names, last_name, email ON accounts BEGIN
    DELETE FROM submission_changes WHERE number IN (SELECT number FROM submissions WHERE account_id = NEW.id);
    INSERT INTO submission_changes (portal, number, service, submission_id)
    SELECT portal, number, service, id FROM submissions WHERE account_id = NEW.id ORDER BY id;
END;
-- The first version comes with the registration, which is a change already.
CREATE TRIGGER profile_change_noted AFTER INSERT ON account_versions WHEN NEW.version > 1 BEGIN
    DELETE FROM submission_changes WHERE number IN (SELECT number FROM submissions WHERE account_id = NEW.account_id);
    INSERT INTO submission_changes (portal, number, service, submission_id)
    SELECT portal, number, service, id FROM submissions WHERE account_id = NEW.account_id ORDER BY id;
END;
)";

} // namespace foyer::server::sqlite
