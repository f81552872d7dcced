# Tasks come and go by recordings and by processor time. Taking one away harms nobody: it hands its recordings over.

resource "aws_appautoscaling_target" "tasks" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.steno.name}/${aws_ecs_service.steno.name}"
  min_capacity       = var.least_tasks
  max_capacity       = var.most_tasks
}

resource "aws_appautoscaling_policy" "recordings" {
  name               = "recordings"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks.service_namespace
  scalable_dimension = aws_appautoscaling_target.tasks.scalable_dimension
  resource_id        = aws_appautoscaling_target.tasks.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.recordings_per_task
    scale_out_cooldown = 30
    scale_in_cooldown  = 120
    disable_scale_in   = false

    # Each task reports its own: the average is that of a task.
    customized_metric_specification {
      namespace   = local.namespace
      metric_name = "steno_permits_in_use"
      statistic   = "Average"

      dimensions {
        name  = "ClusterName"
        value = local.name
      }
    }
  }
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.tasks.service_namespace
  scalable_dimension = aws_appautoscaling_target.tasks.scalable_dimension
  resource_id        = aws_appautoscaling_target.tasks.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 30
    scale_in_cooldown  = 300
    disable_scale_in   = false

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
