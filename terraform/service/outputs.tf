output "load_balancer" {
  description = "What the DNS record of host_name points to, as an alias or CNAME."
  value       = aws_lb.steno.dns_name
}

output "dashboard" {
  description = "The name of the CloudWatch dashboard."
  value       = aws_cloudwatch_dashboard.steno.dashboard_name
}

output "task_role_arn" {
  description = "What Steno may do is attached to this role."
  value       = aws_iam_role.task.arn
}
