// Slow work off the drawing thread: one worker, jobs in order, and the news given back on the drawing thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace app {

class Workers {
 public:
  // `wake` makes the drawing thread look: glfwPostEmptyEvent. Called from the worker.
  explicit Workers(std::function<void()> wake) : wake_(std::move(wake)), thread_([this](std::stop_token stop) { work(stop); }) {}
  ~Workers() {
    thread_.request_stop();
    todo_ready_.notify_all();
  }
  // `job` on the worker, then `then` on the drawing thread.
  void start(std::function<void()> job, std::function<void()> then) {
    {
      const std::lock_guard lock(mutex_);
      todo_.emplace_back(std::move(job), std::move(then));
    }
    todo_ready_.notify_one();
  }
  // Something another thread wants done by the drawing thread.
  void post(std::function<void()> then) {
    {
      const std::lock_guard lock(mutex_);
      done_.push_back(std::move(then));
    }
    wake_();
  }
  // Drawing thread: what came back. True when there was anything.
  bool take() {
    std::deque<std::function<void()>> done;
    {
      const std::lock_guard lock(mutex_);
      done.swap(done_);
    }
    for (auto& then : done) then();
    return !done.empty();
  }

 private:
  void work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::pair<std::function<void()>, std::function<void()>> job;
      {
        std::unique_lock lock(mutex_);
        todo_ready_.wait(lock, [&] { return stop.stop_requested() || !todo_.empty(); });
        if (stop.stop_requested()) return;
        job = std::move(todo_.front());
        todo_.pop_front();
      }
      job.first();
      post(std::move(job.second));
    }
  }
  std::function<void()> wake_;
  std::mutex mutex_;
  std::condition_variable todo_ready_;
  std::deque<std::pair<std::function<void()>, std::function<void()>>> todo_;
  std::deque<std::function<void()>> done_;
  std::jthread thread_;
};

}  // namespace app
