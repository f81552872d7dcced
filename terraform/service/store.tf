# Valkey: who owns which recording, journals of live recordings, counters. Everything in it expires by itself.

resource "aws_elasticache_subnet_group" "store" {
  name       = local.name
  subnet_ids = var.private_subnet_ids
}

resource "aws_elasticache_parameter_group" "store" {
  name   = local.name
  family = "valkey8"

  # A store that is full says so; one that forgets live recordings loses the right to them.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }
}

resource "aws_elasticache_replication_group" "store" {
  replication_group_id = local.name
  description          = "The store of Steno"

  engine               = "valkey"
  engine_version       = "8.0"
  node_type            = var.store_node_type
  parameter_group_name = aws_elasticache_parameter_group.store.name
  port                 = 6379

  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true

  subnet_group_name  = aws_elasticache_subnet_group.store.name
  security_group_ids = [aws_security_group.store.id]

  transit_encryption_enabled = true
  at_rest_encryption_enabled = true
  auth_token                 = var.store_auth_token
}

# The URL holds the password, so the task reads it from here.
resource "aws_secretsmanager_secret" "store_url" {
  name_prefix = "${local.name}-store-url-"
}

resource "aws_secretsmanager_secret_version" "store_url" {
  secret_id     = aws_secretsmanager_secret.store_url.id
  secret_string = "rediss://:${urlencode(var.store_auth_token)}@${aws_elasticache_replication_group.store.primary_endpoint_address}:6379"
}
