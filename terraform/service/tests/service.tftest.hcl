# The service as AWS would get it: who may reach what, what Steno may do, and that nothing sticks or is lost.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  image               = "example/steno:1"
  vpc_id              = "vpc-1"
  public_subnet_ids   = ["subnet-a", "subnet-b"]
  private_subnet_ids  = ["subnet-c", "subnet-d"]
  load_balancer_cidrs = ["10.0.0.0/24", "10.0.1.0/24"]
  certificate_arn     = "arn:aws:acm:us-east-1:111122223333:certificate/1"
  host_name           = "steno.example.com"
  s3_bucket_name      = "transcripts"
  store_auth_token    = "0123456789abcdef#1"
}

run "people_reach_the_balancer_alone_and_by_https_alone" {
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.people : rule.from_port == 443 && rule.to_port == 443])
    error_message = "The load balancer is open on another port than 443."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_load_balancer.cidr_ipv4 == null && aws_vpc_security_group_ingress_rule.from_tasks.cidr_ipv4 == null
    error_message = "Tasks or store are open to addresses instead of to their callers."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_load_balancer.from_port == 8080 && aws_vpc_security_group_ingress_rule.from_load_balancer.to_port == 8080
    error_message = "The tasks are open on another port than 8080."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_tasks.from_port == 6379 && aws_vpc_security_group_ingress_rule.from_tasks.to_port == 6379
    error_message = "The store is open on another port than 6379."
  }

  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && aws_lb_listener.https.certificate_arn == var.certificate_arn
    error_message = "The listener does not speak https with the certificate."
  }

  assert {
    condition     = !aws_ecs_service.steno.network_configuration[0].assign_public_ip
    error_message = "The tasks have public addresses."
  }
}

run "nothing_sticks_and_links_live_long_enough" {
  assert {
    condition     = !aws_lb_target_group.steno.stickiness[0].enabled
    error_message = "The balancer sends a client back to its task, which may be gone."
  }

  assert {
    condition     = aws_lb.steno.idle_timeout == 300
    error_message = "The idle time-out does not leave room for pings each 25 s."
  }

  assert {
    condition     = aws_lb_target_group.steno.health_check[0].path == "/healthz/started"
    error_message = "Not liveness decides about a task: recordings would be killed for a fault that passes."
  }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.steno.container_definitions)[0].stopTimeout >= 40
    error_message = "A task is killed before it has handed its recordings over."
  }

  assert {
    condition     = aws_ecs_service.steno.deployment_minimum_healthy_percent == 100
    error_message = "A deployment takes tasks away before the new ones are there."
  }
}

run "the_store_is_private_encrypted_and_has_a_replica" {
  assert {
    condition     = aws_elasticache_replication_group.store.engine == "valkey" && aws_elasticache_replication_group.store.num_cache_clusters == 2 && aws_elasticache_replication_group.store.automatic_failover_enabled && aws_elasticache_replication_group.store.multi_az_enabled
    error_message = "The store has no replica that takes over in another zone."
  }

  assert {
    condition     = aws_elasticache_replication_group.store.transit_encryption_enabled && aws_elasticache_replication_group.store.at_rest_encryption_enabled
    error_message = "The store is not encrypted."
  }

  assert {
    condition     = one(aws_elasticache_parameter_group.store.parameter[*].value) == "noeviction"
    error_message = "A full store would forget live recordings."
  }

  assert {
    condition     = nonsensitive(aws_secretsmanager_secret_version.store_url.secret_string) == "rediss://:0123456789abcdef%231@store.example:6379"
    error_message = "CLUSTER_URL is not the store's, with TLS and its password escaped."
  }
}

run "no_secret_stands_in_the_task_definition" {
  assert {
    condition     = !strcontains(aws_ecs_task_definition.steno.container_definitions, "0123456789abcdef")
    error_message = "The store's password is in the task definition."
  }

  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.steno.container_definitions)[0].secrets[*].name, "CLUSTER_URL")
    error_message = "The task does not get CLUSTER_URL."
  }

  assert {
    condition     = length([for each in jsondecode(aws_ecs_task_definition.steno.container_definitions)[0].environment : each if strcontains(each.name, "KEY")]) == 0
    error_message = "The task has access keys instead of a role."
  }
}

run "steno_may_do_what_it_needs_and_no_more" {
  assert {
    condition = jsonencode(jsondecode(aws_iam_role_policy.task.policy)) == jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Sid = "Transcribe", Effect = "Allow", Action = "transcribe:StartStreamTranscription", Resource = "*" },
        {
          Sid      = "Archive"
          Effect   = "Allow"
          Action   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
          Resource = "arn:aws:s3:::transcripts/*"
        },
        {
          Sid       = "List"
          Effect    = "Allow"
          Action    = "s3:ListBucket"
          Resource  = "arn:aws:s3:::transcripts"
          Condition = { StringLike = { "s3:prefix" = "*" } }
        },
        {
          Sid      = "Metrics"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "arn:aws:logs:us-east-1:111122223333:log-group:steno:*"
        },
      ]
    })
    error_message = "The policy allows something else: ${aws_iam_role_policy.task.policy}"
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.secrets.policy).Statement[0].Resource == ["arn:aws:secretsmanager:us-east-1:111122223333:secret:store-url"]
    error_message = "The task's start may read other secrets: ${aws_iam_role_policy.secrets.policy}"
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.task, aws_iam_role.start] : jsondecode(role.assume_role_policy).Statement[0].Principal == { Service = "ecs-tasks.amazonaws.com" }])
    error_message = "Somebody else than ECS may take the roles."
  }
}

run "tasks_come_and_go_by_recordings_and_processor_time" {
  assert {
    condition     = aws_appautoscaling_policy.recordings.target_tracking_scaling_policy_configuration[0].customized_metric_specification[0].metric_name == "steno_permits_in_use" && aws_appautoscaling_policy.recordings.target_tracking_scaling_policy_configuration[0].target_value == 12
    error_message = "Recordings do not decide about the number of tasks."
  }

  assert {
    condition     = !aws_appautoscaling_policy.recordings.target_tracking_scaling_policy_configuration[0].disable_scale_in && !aws_appautoscaling_policy.cpu.target_tracking_scaling_policy_configuration[0].disable_scale_in
    error_message = "Tasks are never taken away."
  }

  assert {
    condition     = aws_appautoscaling_target.tasks.min_capacity == 2 && aws_appautoscaling_target.tasks.max_capacity == 6
    error_message = "The bounds are not the variables'."
  }
}

run "a_prefix_and_a_key_narrow_and_widen_what_steno_may_do" {
  variables {
    s3_prefix   = "team/"
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/1"
    secrets     = { AUTH_TOKENS = "arn:aws:secretsmanager:us-east-1:111122223333:secret:tokens" }
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.task.policy).Statement[1].Resource == "arn:aws:s3:::transcripts/team/*" && jsondecode(aws_iam_role_policy.task.policy).Statement[2].Condition.StringLike["s3:prefix"] == "team/*"
    error_message = "Steno reaches objects outside of its prefix."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.task.policy).Statement[4].Resource == "arn:aws:kms:us-east-1:111122223333:key/1"
    error_message = "Steno cannot use the bucket's key."
  }

  assert {
    condition     = contains(jsondecode(aws_iam_role_policy.secrets.policy).Statement[0].Resource, "arn:aws:secretsmanager:us-east-1:111122223333:secret:tokens")
    error_message = "The task's start cannot read AUTH_TOKENS."
  }
}

run "translation_with_amazon_is_allowed_where_it_is_wanted" {
  variables {
    settings = { TRANSLATION = "amazon-translate" }
  }

  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.task.policy).Statement : statement.Action if statement.Sid == "Translate"] == [["translate:TranslateText", "comprehend:DetectDominantLanguage"]]
    error_message = "Steno cannot translate: ${aws_iam_role_policy.task.policy}"
  }
}

run "a_short_password_is_refused" {
  command = plan

  variables {
    store_auth_token = "short"
  }

  expect_failures = [var.store_auth_token]
}
