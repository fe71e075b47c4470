# A monthly panel of a pair of states, from the tables that relasi writes:
#
#   relasi export parquet/ --store relasi.duckdb
#   Rscript notebooks/panel.R parquet RUS IRN > panel.csv
#
# It needs the packages arrow and dplyr. Nothing here is a copy of relasi's counting but the filter below: a story counts
# in a month if it happened (status "actual") and all the days that it may have been on lie in that month.
# A pair stands with its smaller code as `a`; `way` is 1 for what a did to b, -1 for what b did to a, 0 for both together.

library(arrow)
library(dplyr)

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 3) {
  stop("give a folder of tables and two codes of states: Rscript panel.R parquet RUS IRN")
}
folder <- arguments[1]
pair <- sort(arguments[2:3], method = "radix")

stories <- read_parquet(file.path(folder, "story_dyads.parquet")) |>
  select(a, b, way, type, status, day, last_day, sources, certainty)
types <- read_parquet(file.path(folder, "types.parquet")) |>
  select(type, quad, score, goldstein)
articles <- read_parquet(file.path(folder, "articles.parquet")) |>
  select(id, date)

month_of <- function(x) as.Date(format(x, "%Y-%m-01"))

told <- stories |>
  filter(a == pair[1], b == pair[2], status == "actual", !is.na(day), month_of(day) == month_of(last_day)) |>
  inner_join(types, by = "type") |>
  mutate(month = month_of(day)) |>
  group_by(month) |>
  summarise(
    verbal_cooperation = sum(quad == 1),
    material_cooperation = sum(quad == 2),
    verbal_conflict = sum(quad == 3),
    material_conflict = sum(quad == 4),
    mean_goldstein = mean(goldstein),
    .groups = "drop"
  )

# How much was read in a month: a month of which nothing was read says nothing of the pair.
read <- articles |>
  filter(!is.na(date)) |>
  mutate(month = month_of(date)) |>
  count(month, name = "articles_read")

panel <- read |>
  full_join(told, by = "month") |>
  arrange(month) |>
  mutate(across(c(verbal_cooperation, material_cooperation, verbal_conflict, material_conflict), ~ coalesce(.x, 0L)))

write.csv(panel, row.names = FALSE)
