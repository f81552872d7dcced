# The tasks. A deployment starts the new ones first; the old ones hand their recordings over and go.

locals {
  settings = merge({
    AWS_REGION              = var.aws_region
    S3_BUCKET               = var.s3_bucket_name
    S3_PREFIX               = var.s3_prefix
    CLUSTER_NAME            = local.name
    SESSION_LIMIT           = tostring(var.session_limit)
    TRANSCRIBE_STREAM_LIMIT = tostring(var.stream_limit)
    ALLOWED_HOSTS           = var.host_name
    ALLOWED_ORIGINS         = "https://${var.host_name}"
    TRUSTED_PROXIES         = join(",", var.load_balancer_cidrs)
    LOG_FORMAT              = "json"
  }, var.settings)

  logs = { for part in ["steno", "metrics"] : part => {
    logDriver = "awslogs"
    options = {
      awslogs-group         = aws_cloudwatch_log_group.steno.name
      awslogs-region        = var.aws_region
      awslogs-stream-prefix = part
    }
  } }
}

resource "aws_cloudwatch_log_group" "steno" {
  name              = "/steno/${local.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_ecs_cluster" "steno" {
  name = local.name
}

resource "aws_ecs_task_definition" "steno" {
  family                   = local.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.task_cpu
  memory                   = var.task_memory
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.task.arn

  container_definitions = jsonencode([
    {
      name         = "steno"
      image        = var.image
      essential    = true
      portMappings = [{ containerPort = 8080 }]
      environment  = [for key in sort(keys(local.settings)) : { name = key, value = local.settings[key] } if local.settings[key] != ""]
      secrets = concat(
        [{ name = "CLUSTER_URL", valueFrom = aws_secretsmanager_secret.store_url.arn }],
        [for key in sort(keys(var.secrets)) : { name = key, valueFrom = var.secrets[key] }],
      )
      # Above SESSION_DRAIN_TIMEOUT (20 s) and the server's own end together.
      stopTimeout = 60
      healthCheck = {
        command     = ["CMD", "/opt/steno/health.sh"]
        interval    = 10
        timeout     = 5
        retries     = 3
        startPeriod = 120
      }
      linuxParameters  = { initProcessEnabled = false, capabilities = { drop = ["ALL"] } }
      logConfiguration = local.logs["steno"]
    },
    {
      # Reads Steno's metrics over loopback, which METRICS_ACCESS=local allows.
      name      = "metrics"
      image     = var.metrics_image
      essential = false
      environment = [
        { name = "CW_CONFIG_CONTENT", value = jsonencode(local.agent) },
        { name = "PROMETHEUS_CONFIG_CONTENT", value = yamlencode(local.scrape) },
      ]
      logConfiguration = local.logs["metrics"]
    },
  ])
}

resource "aws_ecs_service" "steno" {
  name            = local.name
  cluster         = aws_ecs_cluster.steno.id
  task_definition = aws_ecs_task_definition.steno.arn
  launch_type     = "FARGATE"
  desired_count   = var.least_tasks

  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 180

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.tasks.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.steno.arn
    container_name   = "steno"
    container_port   = 8080
  }

  # Auto scaling counts the tasks.
  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.https, aws_iam_role_policy.secrets, aws_secretsmanager_secret_version.store_url]
}
