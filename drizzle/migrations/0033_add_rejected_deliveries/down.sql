drop table rejected_delivery_samples;
drop table rejected_deliveries;

drop index llm_callbacks_quarantined_seq_idx;
drop index llm_callbacks_variant_seq_idx;

delete from callboard_migrations where name = '0033_add_rejected_deliveries';
