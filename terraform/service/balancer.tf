# The address of the service. No stickiness: a recording belongs to no task.

resource "aws_lb" "steno" {
  name               = local.name
  load_balancer_type = "application"
  security_groups    = [aws_security_group.load_balancer.id]
  subnets            = var.public_subnet_ids

  # Steno pings every 25 s; a link that is silent for longer is dead.
  idle_timeout = 300

  drop_invalid_header_fields = true
}

resource "aws_lb_target_group" "steno" {
  name        = local.name
  vpc_id      = var.vpc_id
  target_type = "ip"
  port        = 8080
  protocol    = "HTTP"

  # Those who record have 1012 and are elsewhere within 5 s; the rest is for requests under way.
  deregistration_delay = 30

  # Liveness: a task whose credentials fail for a moment must not lose its recordings.
  health_check {
    path                = "/healthz/started"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  stickiness {
    type    = "lb_cookie"
    enabled = false
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.steno.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.steno.arn
  }
}
