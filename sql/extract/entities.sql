-- One row per person, body, country, place, accord or gathering.
select entity_id, kind, name, country, latitude, longitude
from main.entities
