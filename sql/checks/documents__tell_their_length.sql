-- text_length counts the characters of a document's text.
select document_id
from main.documents
semi join pipeline.unchecked using (document_id)
where text_length is distinct from length(text)
