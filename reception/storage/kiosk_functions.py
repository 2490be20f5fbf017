"""The functions through which a kiosk's role reaches what it may not read, on PostgreSQL.

Each runs with the rights of the tables' owner, finds its tables by a fixed path, answers for one exact key, and decides
nothing: what is made of its answer is Python's to say. Text in it is SQL alone; no value is ever put into it.
"""

from __future__ import annotations

from msgspec import Struct

from reception.domain import kiosk_finding as finding
from reception.domain.stations import StationKind


class Function(Struct, frozen=True):
    """`call`: its name and the types of what it takes. `kind`: whose role may use it; None: the others alone."""

    call: str
    head: str
    body: str
    kind: StationKind | None = StationKind.KIOSK


_NOW = "CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)"
_TODAY = "to_char(clock_timestamp() AT TIME ZONE o.timezone, 'YYYY-MM-DD')"

PACE = "look_up_pace"
"""A sequence, which keeps its value whatever is taken back: how far (ms UTC) the wrong tries of all kiosks have used up
what is allowed."""
_TRIES_EVERYWHERE = 50
"""Wrong tries at all kiosks together in the time that tries are remembered: a kiosk's name is only its own word."""
_EACH_TRY = finding.TRIES_REMEMBERED // _TRIES_EVERYWHERE

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "kiosk_facts(text)",
        "kiosk_facts(p_appointment text) RETURNS json LANGUAGE sql STABLE",
        """
        SELECT json_agg(json_build_array(at, command_id, kind, data, counter_id, officer_id) ORDER BY sequence)
        FROM journal WHERE appointment_id = p_appointment AND appointment_id IS NOT NULL
        """,
        None,
    ),
    Function(
        "kiosk_again_in(text)",
        "kiosk_again_in(p_station text) RETURNS bigint LANGUAGE plpgsql",
        f"""
        DECLARE
            tries integer; latest bigint; now_is bigint := {_NOW}; until bigint := 0;
        BEGIN
            -- One after another, so that no two of them count the same tries.
            PERFORM pg_advisory_xact_lock(1380270929);
            SELECT count(*), max(tried_at) INTO tries, latest
            FROM look_up WHERE station = left(p_station, 40) AND tried_at > now_is - {finding.TRIES_REMEMBERED};
            IF tries >= {finding.FREE_TRIES} THEN
                until := latest + least({finding.LONGEST_WAIT},
                    {finding.FIRST_WAIT} * power(2, least(tries - {finding.FREE_TRIES}, 20)))::bigint;
            END IF;
            SELECT greatest(until, last_value - {finding.TRIES_REMEMBERED}) INTO until FROM {PACE};
            RETURN greatest(0, until - now_is);
        END
        """,
        None,
    ),
    Function(
        "kiosk_missed(text, text)",
        "kiosk_missed(p_office text, p_station text) RETURNS json LANGUAGE plpgsql",
        f"""
        BEGIN
            -- Stands also when the kiosk takes its transaction back, with which the rows below go.
            PERFORM setval('{PACE}', greatest(last_value, {_NOW}) + {_EACH_TRY}) FROM {PACE};
            DELETE FROM look_up WHERE tried_at <= {_NOW} - {finding.TRIES_REMEMBERED};
            INSERT INTO look_up (office_id, station, tried_at)
                SELECT id, left(p_station, 40), {_NOW} FROM office WHERE id = p_office;
            RETURN json_build_object('tries', (SELECT count(*) FROM look_up WHERE station = left(p_station, 40)));
        END
        """,
        None,
    ),
    Function(
        "kiosk_by_code(text, text, text)",
        "kiosk_by_code(p_office text, p_station text, p_code text) RETURNS json LANGUAGE plpgsql",
        f"""
        DECLARE
            wait bigint := kiosk_again_in(p_station); it record;
        BEGIN
            IF wait > 0 THEN
                RETURN json_build_object('again_in', wait);
            END IF;
            SELECT a.id, a.office_id, a.local_day, o.name AS office, a.local_day = {_TODAY} AS is_today,
                   (SELECT v.number FROM visit v WHERE v.id = a.visit_id) AS number
            INTO it
            FROM appointment a JOIN office o ON o.id = a.office_id
            WHERE a.reference = p_code AND NOT a.voided;
            IF it.id IS NULL THEN
                RETURN kiosk_missed(p_office, p_station);
            END IF;
            IF it.office_id <> p_office OR NOT it.is_today THEN
                RETURN json_build_object(
                    'day', it.local_day, 'office_id', it.office_id, 'office', it.office);
            END IF;
            RETURN json_build_object(
                'id', it.id, 'facts', kiosk_facts(it.id), 'number', coalesce(it.number, ''));
        END
        """,
    ),
    Function(
        "kiosk_by_name(text, text, text, text)",
        "kiosk_by_name(p_office text, p_station text, p_name text, p_born text) RETURNS json LANGUAGE plpgsql",
        f"""
        DECLARE
            wait bigint := kiosk_again_in(p_station); fitting text[]; elsewhere text[]; cancelled text[];
        BEGIN
            IF wait > 0 THEN
                RETURN json_build_object('again_in', wait);
            END IF;
            SELECT array_agg(a.id) FILTER (WHERE a.standing <> 'cancelled' AND a.kind = 'office'),
                   array_agg(a.id) FILTER (WHERE a.standing <> 'cancelled' AND a.kind <> 'office'),
                   array_agg(a.id) FILTER (WHERE a.standing = 'cancelled')
            INTO fitting, elsewhere, cancelled
            FROM appointment_person p
            JOIN appointment a ON a.id = p.appointment_id
            JOIN office o ON o.id = a.office_id
            WHERE p.born = p_born AND p.sought_name = p_name AND p_name <> '' AND a.office_id = p_office
                AND a.local_day = {_TODAY} AND NOT a.voided;
            fitting := coalesce(fitting, elsewhere, cancelled);
            IF cardinality(fitting) = 1 THEN
                RETURN json_build_object('id', fitting[1], 'facts', kiosk_facts(fitting[1]), 'number', coalesce(
                    (SELECT v.number FROM appointment a JOIN visit v ON v.id = a.visit_id WHERE a.id = fitting[1]),
                    ''));
            END IF;
            RETURN kiosk_missed(p_office, p_station);
        END
        """,
    ),
    Function(
        "kiosk_appointment(text, text)",
        "kiosk_appointment(p_office text, p_appointment text) RETURNS json LANGUAGE sql STABLE",
        f"""
        SELECT kiosk_facts(a.id) FROM appointment a JOIN office o ON o.id = a.office_id
        WHERE a.id = p_appointment AND a.office_id = p_office AND a.local_day = {_TODAY}
        """,
    ),
    Function(
        "kiosk_check_in(text, integer, text, bigint)",
        "kiosk_check_in(p_appointment text, p_version integer, p_visit text, p_at bigint) "
        "RETURNS boolean LANGUAGE plpgsql",
        """
        BEGIN
            UPDATE appointment a
            SET standing = 'checked_in', visit_id = p_visit, checked_in_at = p_at, version = p_version + 1,
                came_late = a.standing = 'did_not_attend', wants_earlier_since = NULL
            FROM visit v
            WHERE a.id = p_appointment AND a.version = p_version AND a.standing IN ('booked', 'did_not_attend')
                AND a.kind = 'office' AND NOT a.voided AND v.id = p_visit AND v.appointment_id = a.id
                AND v.office_id = a.office_id AND v.local_day = a.local_day;
            RETURN FOUND;
        END
        """,
    ),
    Function(
        "kiosk_copy_person(text, text, text)",
        "kiosk_copy_person(p_appointment text, p_visit text, p_written text) RETURNS void LANGUAGE sql",
        """
        INSERT INTO visitor (visit_id, name, spoken, written, needs, note)
        SELECT p_visit, p.name, p.spoken, coalesce(nullif(left(p_written, 12), ''), p.written), p.needs, p.note
        FROM appointment_person p JOIN appointment a ON a.id = p.appointment_id
        WHERE a.id = p_appointment AND a.visit_id = p_visit
        """,
    ),
    Function(
        "kiosk_result(text)",
        "kiosk_result(p_command text) RETURNS text LANGUAGE sql STABLE",
        """
        SELECT result FROM command
        WHERE id = p_command AND kind IN ('TakeTicket', 'CheckIn', 'ClaimCheckIn', 'CallForHelp', 'GiveFeedback',
            'JoinWork', 'ClaimSeries')
        """,
    ),
    Function(
        # For a ticket whose first number nobody heard of. It stands at the time of the visit's last fact, so that of
        # its row nothing else changes.
        "kiosk_add_number(text, text)",
        "kiosk_add_number(p_visit text, p_number text) RETURNS bigint LANGUAGE plpgsql",
        f"""
        DECLARE
            last_at bigint;
        BEGIN
            UPDATE visit v SET also = v.number, number = p_number, version = v.version + 1
            FROM office o
            WHERE v.id = p_visit AND o.id = v.office_id AND v.local_day = {_TODAY} AND v.also = ''
                AND p_number ~ '^[A-Z]{{2,5}}[0-9]{{2,}}(-[0-9]+)?$' AND left(p_number, 1) = left(v.number, 1)
                AND v.number ~ '^[A-Z][0-9]+$';
            IF FOUND THEN
                SELECT max(at) INTO last_at FROM journal WHERE visit_id = p_visit;
            END IF;
            RETURN last_at;
        END
        """,
    ),
    Function(
        "kiosk_ticket(text)",
        "kiosk_ticket(p_visit text) RETURNS json LANGUAGE sql STABLE",
        """
        SELECT json_build_object(
            'written', p.written, 'spoken', p.spoken,
            'large_print', 'large_print' = ANY (string_to_array(p.needs, ',')),
            'private', 'private' = ANY (string_to_array(p.needs, ',')))
        FROM visitor p
        WHERE p.visit_id = p_visit AND EXISTS (
            SELECT 1 FROM print_job j WHERE j.visit_id = p_visit AND j.paper = 'ticket' AND j.state <> 'printed')
        """,
    ),
)


def definition(function: Function, schema: str) -> str:
    """The statement that makes it anew; `schema`: the quoted name of the one that the tables are in."""
    return (
        f"CREATE OR REPLACE FUNCTION {schema}.{function.head} SECURITY DEFINER "
        f"SET search_path = pg_catalog, {schema}, pg_temp AS $body${function.body}$body$"
    )
