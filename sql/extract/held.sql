-- One row: how many pages stand as they are now.
select count(*) as document_count
from main.documents
where is_current
