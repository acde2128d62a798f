-- A document stands in the warehouse once, whatever the number of times that it was loaded.
select
    document_id,
    count(*) as row_count
from main.documents
group by document_id
having count(*) > 1
