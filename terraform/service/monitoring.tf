# Steno's own metrics in CloudWatch, alarms on what a person must mend, and one page to look at.

locals {
  namespace = "Steno"

  metrics = [
    "steno_permits_in_use",
    "steno_permits_limit",
    "steno_journal_writable",
    "steno_recognizer_ready",
    "steno_archive_waiting",
    "steno_audio_dropped_seconds_total",
    "steno_errors_total",
  ]

  scrape = {
    global = { scrape_interval = "15s", scrape_timeout = "5s" }
    scrape_configs = [{
      job_name       = "steno"
      metrics_path   = "/prometheus"
      static_configs = [{ targets = ["localhost:8080"], labels = { ClusterName = local.name } }]
    }]
  }

  agent = {
    logs = {
      metrics_collected = {
        prometheus = {
          cluster_name           = local.name
          log_group_name         = aws_cloudwatch_log_group.metrics.name
          prometheus_config_path = "env:PROMETHEUS_CONFIG_CONTENT"
          emf_processor = {
            metric_namespace = local.namespace
            metric_declaration = [{
              source_labels    = ["job"]
              label_matcher    = "^steno$"
              dimensions       = [["ClusterName"]]
              metric_selectors = [for metric in local.metrics : "^${metric}$"]
            }]
          }
        }
      }
    }
  }

  # What a person must look at: metric, statistic, comparison, threshold, minutes.
  alarms = {
    journal-not-writable = ["steno_journal_writable", "Minimum", "LessThanThreshold", 1, 1]
    engine-not-ready     = ["steno_recognizer_ready", "Minimum", "LessThanThreshold", 1, 5]
    archive-waits        = ["steno_archive_waiting", "Maximum", "GreaterThanThreshold", 0, 10]
    audio-dropped        = ["steno_audio_dropped_seconds_total", "Sum", "GreaterThanThreshold", 0, 1]
  }
}

resource "aws_cloudwatch_log_group" "metrics" {
  name              = "/steno/${local.name}/metrics"
  retention_in_days = 1
}

resource "aws_cloudwatch_metric_alarm" "steno" {
  for_each = local.alarms

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = "See docs/operations/README.md."
  namespace           = local.namespace
  metric_name         = each.value[0]
  statistic           = each.value[1]
  comparison_operator = each.value[2]
  threshold           = each.value[3]
  evaluation_periods  = each.value[4]
  period              = 60
  treat_missing_data  = "notBreaching"
  dimensions          = { ClusterName = local.name }
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "unhealthy" {
  alarm_name          = "${local.name}-too-few-tasks"
  alarm_description   = "Fewer healthy tasks than there should be."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = var.least_tasks
  evaluation_periods  = 5
  period              = 60
  treat_missing_data  = "breaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  dimensions = {
    LoadBalancer = aws_lb.steno.arn_suffix
    TargetGroup  = aws_lb_target_group.steno.arn_suffix
  }
}

resource "aws_cloudwatch_dashboard" "steno" {
  dashboard_name = local.name
  dashboard_body = jsonencode({
    widgets = [for index, each in [
      ["Recordings per task", [[local.namespace, "steno_permits_in_use", "ClusterName", local.name]], "Average"],
      ["Healthy tasks", [["AWS/ApplicationELB", "HealthyHostCount", "TargetGroup", aws_lb_target_group.steno.arn_suffix, "LoadBalancer", aws_lb.steno.arn_suffix]], "Minimum"],
      ["Transcripts that wait for the archive", [[local.namespace, "steno_archive_waiting", "ClusterName", local.name]], "Maximum"],
      ["Audio dropped, seconds", [[local.namespace, "steno_audio_dropped_seconds_total", "ClusterName", local.name]], "Sum"],
      ["Errors told to clients", [[local.namespace, "steno_errors_total", "ClusterName", local.name]], "Sum"],
      ["Processor time of the service", [["AWS/ECS", "CPUUtilization", "ClusterName", local.name, "ServiceName", local.name]], "Average"],
      ] : {
      type   = "metric"
      x      = 12 * (index % 2)
      y      = 6 * floor(index / 2)
      width  = 12
      height = 6
      properties = {
        title   = each[0]
        metrics = each[1]
        stat    = each[2]
        period  = 60
        region  = var.aws_region
        view    = "timeSeries"
      }
    }]
  })
}
